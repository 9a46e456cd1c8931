CREATE TABLE `role_changes` (
	`id` text PRIMARY KEY NOT NULL,
	`changed_by` text,
	`user_id` text NOT NULL,
	`from_role` text NOT NULL,
	`to_role` text NOT NULL,
	`reason` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`changed_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `role_changes_user_id` ON `role_changes` (`user_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `users` (
	`id` text PRIMARY KEY NOT NULL,
	`clerk_user_id` text NOT NULL,
	`email` text,
	`name` text NOT NULL,
	`image_url` text,
	`role` text DEFAULT 'user' NOT NULL,
	`clerk_updated_at` integer NOT NULL,
	`metadata_pending` integer DEFAULT true NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`deleted_at` integer,
	CONSTRAINT "users_role_known" CHECK("users"."role" in ('user', 'admin'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `users_clerk_user_id_unique` ON `users` (`clerk_user_id`);--> statement-breakpoint
CREATE INDEX `users_email` ON `users` (`email`);--> statement-breakpoint
CREATE INDEX `users_metadata_pending` ON `users` (`id`) WHERE "users"."metadata_pending" = 1;--> statement-breakpoint
CREATE TABLE `webhook_deliveries` (
	`svix_id` text PRIMARY KEY NOT NULL,
	`type` text NOT NULL,
	`clerk_user_id` text,
	`outcome` text NOT NULL,
	`attempts` integer DEFAULT 1 NOT NULL,
	`first_received_at` integer NOT NULL,
	`last_received_at` integer NOT NULL,
	`error` text,
	CONSTRAINT "webhook_deliveries_outcome_known" CHECK("webhook_deliveries"."outcome" in ('applied', 'duplicate', 'stale', 'ignored', 'rejected'))
);
--> statement-breakpoint
CREATE INDEX `webhook_deliveries_last_received_at` ON `webhook_deliveries` (`last_received_at`);--> statement-breakpoint
CREATE INDEX `webhook_deliveries_clerk_user_id` ON `webhook_deliveries` (`clerk_user_id`);