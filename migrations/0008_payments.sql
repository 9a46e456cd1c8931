CREATE TABLE `payments` (
	`purchase_id` text PRIMARY KEY NOT NULL,
	`livemode` integer NOT NULL,
	`state` text DEFAULT 'open' NOT NULL,
	`attempt` integer DEFAULT 1 NOT NULL,
	`expires_at` integer NOT NULL,
	`session_id` text,
	`payment_intent_id` text,
	`tax_minor` integer,
	`method` text,
	`flag` text,
	`checked_at` integer NOT NULL,
	FOREIGN KEY (`purchase_id`) REFERENCES `purchases`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "payments_state_known" CHECK("payments"."state" in ('open', 'processing', 'canceled', 'expired', 'failed', 'paid')),
	CONSTRAINT "payments_flag_known" CHECK("payments"."flag" is null or "payments"."flag" in ('amount-mismatch', 'deleted-user', 'banned-user', 'unpublished-course', 'second-payment'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `payments_session_id_unique` ON `payments` (`session_id`);--> statement-breakpoint
CREATE INDEX `payments_unsettled` ON `payments` (`checked_at`) WHERE state in ('open', 'processing');--> statement-breakpoint
CREATE INDEX `payments_flagged` ON `payments` (`flag`) WHERE flag is not null;--> statement-breakpoint
CREATE TABLE `stripe_events` (
	`id` text PRIMARY KEY NOT NULL,
	`type` text NOT NULL,
	`session_id` text,
	`outcome` text NOT NULL,
	`attempts` integer DEFAULT 1 NOT NULL,
	`first_received_at` integer NOT NULL,
	`last_received_at` integer NOT NULL,
	`error` text,
	CONSTRAINT "stripe_events_outcome_known" CHECK("stripe_events"."outcome" in ('applied', 'duplicate', 'stale', 'ignored', 'rejected', 'unmatched'))
);
--> statement-breakpoint
CREATE INDEX `stripe_events_last_received_at` ON `stripe_events` (`last_received_at`);--> statement-breakpoint
CREATE INDEX `stripe_events_unmatched` ON `stripe_events` (`last_received_at`) WHERE outcome = 'unmatched';--> statement-breakpoint
-- No table refers to course_changes, so dropping it deletes nothing else.
CREATE TABLE `__new_course_changes` (
	`id` text PRIMARY KEY NOT NULL,
	`changed_by` text,
	`course_id` text NOT NULL,
	`user_id` text,
	`action` text NOT NULL,
	`detail` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`changed_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`course_id`) REFERENCES `courses`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "course_changes_action_known" CHECK("action" in ('course-created', 'course-edited', 'course-published', 'course-archived', 'course-withdrawn', 'section-added', 'section-renamed', 'section-removed', 'lesson-added', 'lesson-edited', 'lesson-removed', 'outline-reordered', 'person-enrolled', 'person-revoked', 'purchase-paid', 'purchase-cancelled', 'purchase-refunded'))
);
--> statement-breakpoint
INSERT INTO `__new_course_changes`("id", "changed_by", "course_id", "user_id", "action", "detail", "created_at") SELECT "id", "changed_by", "course_id", "user_id", "action", "detail", "created_at" FROM `course_changes`;--> statement-breakpoint
DROP TABLE `course_changes`;--> statement-breakpoint
ALTER TABLE `__new_course_changes` RENAME TO `course_changes`;--> statement-breakpoint
CREATE INDEX `course_changes_by_newest` ON `course_changes` (((1000000000000000 + created_at) || id));--> statement-breakpoint
CREATE INDEX `course_changes_course_id` ON `course_changes` (`course_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `course_changes_user_id` ON `course_changes` (`user_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `course_changes_changed_by` ON `course_changes` (`changed_by`,`created_at`);