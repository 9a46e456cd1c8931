CREATE TABLE `disputes` (
	`id` text PRIMARY KEY NOT NULL,
	`purchase_id` text,
	`payment_intent_id` text NOT NULL,
	`amount_minor` integer NOT NULL,
	`currency` text NOT NULL,
	`reason` text NOT NULL,
	`status` text NOT NULL,
	`respond_by` integer,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`purchase_id`) REFERENCES `purchases`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "disputes_status_known" CHECK("disputes"."status" in ('open', 'lost', 'won'))
);
--> statement-breakpoint
CREATE INDEX `disputes_of_purchase` ON `disputes` (`purchase_id`);--> statement-breakpoint
CREATE INDEX `disputes_of_intent` ON `disputes` (`payment_intent_id`);--> statement-breakpoint
CREATE INDEX `disputes_unlinked` ON `disputes` (`created_at`) WHERE purchase_id is null;--> statement-breakpoint
CREATE TABLE `payment_changes` (
	`id` text PRIMARY KEY NOT NULL,
	`changed_by` text,
	`purchase_id` text NOT NULL,
	`course_id` text NOT NULL,
	`user_id` text NOT NULL,
	`action` text NOT NULL,
	`amount_minor` integer NOT NULL,
	`currency` text NOT NULL,
	`detail` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`changed_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`purchase_id`) REFERENCES `purchases`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`course_id`) REFERENCES `courses`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `payment_changes_by_newest` ON `payment_changes` (((1000000000000000 + created_at) || id));--> statement-breakpoint
CREATE INDEX `payment_changes_purchase_id` ON `payment_changes` (`purchase_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `payment_changes_user_id` ON `payment_changes` (`user_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `payment_changes_changed_by` ON `payment_changes` (`changed_by`,`created_at`);--> statement-breakpoint
CREATE TABLE `refunds` (
	`id` text PRIMARY KEY NOT NULL,
	`purchase_id` text,
	`payment_intent_id` text,
	`stripe_refund_id` text,
	`amount_minor` integer NOT NULL,
	`currency` text NOT NULL,
	`status` text NOT NULL,
	`reason` text,
	`failure_reason` text,
	`requested_by` text,
	`decision` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`checked_at` integer NOT NULL,
	FOREIGN KEY (`purchase_id`) REFERENCES `purchases`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`requested_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "refunds_status_known" CHECK("refunds"."status" in ('pending', 'succeeded', 'failed', 'canceled')),
	CONSTRAINT "refunds_amount_positive" CHECK("refunds"."amount_minor" > 0)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `refunds_stripe_refund_id_unique` ON `refunds` (`stripe_refund_id`);--> statement-breakpoint
CREATE INDEX `refunds_of_purchase` ON `refunds` (`purchase_id`);--> statement-breakpoint
CREATE INDEX `refunds_of_intent` ON `refunds` (`payment_intent_id`);--> statement-breakpoint
CREATE INDEX `refunds_pending` ON `refunds` (`checked_at`) WHERE status = 'pending';--> statement-breakpoint
CREATE INDEX `refunds_unlinked` ON `refunds` (`created_at`) WHERE purchase_id is null;--> statement-breakpoint
CREATE INDEX `payments_of_intent` ON `payments` (`payment_intent_id`);--> statement-breakpoint
-- Refunds that were recorded before, of payments outside Stripe.
INSERT INTO `refunds` (`id`, `purchase_id`, `amount_minor`, `currency`, `status`, `created_at`, `updated_at`, `checked_at`)
SELECT `id`, `id`, `price_minor`, `currency`, 'succeeded', `refunded_at`, `refunded_at`, `refunded_at` FROM `purchases`
WHERE `status` = 'refunded' AND `refunded_at` IS NOT NULL AND `id` NOT IN (SELECT `purchase_id` FROM `payments`);
