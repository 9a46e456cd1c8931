DROP INDEX `users_email`;--> statement-breakpoint
CREATE INDEX `users_by_newest` ON `users` (((deleted_at is not null) * 4 + metadata_pending * 2 + (role = 'admin')),((1000000000000000 + created_at) || id));--> statement-breakpoint
CREATE INDEX `users_by_name` ON `users` (((deleted_at is not null) * 4 + metadata_pending * 2 + (role = 'admin')),(lower(name) || char(1) || id));--> statement-breakpoint
CREATE INDEX `users_by_email` ON `users` (((deleted_at is not null) * 4 + metadata_pending * 2 + (role = 'admin')),(case when email is null then '' else lower(email) end || char(1) || id));--> statement-breakpoint
DROP INDEX `webhook_deliveries_clerk_user_id`;--> statement-breakpoint
CREATE INDEX `webhook_deliveries_by_outcome` ON `webhook_deliveries` (`outcome`,((type = 'user.created') + (type = 'user.updated') * 2 + (type = 'user.deleted') * 3),((1000000000000000 + last_received_at) || svix_id));--> statement-breakpoint
CREATE INDEX `webhook_deliveries_clerk_user_id` ON `webhook_deliveries` (`clerk_user_id`,`last_received_at`);--> statement-breakpoint
CREATE INDEX `role_changes_changed_by` ON `role_changes` (`changed_by`,`created_at`);--> statement-breakpoint
CREATE INDEX `role_changes_by_newest` ON `role_changes` (((1000000000000000 + created_at) || id));