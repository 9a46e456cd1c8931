ALTER TABLE `users` ADD `ended_sessions` text;--> statement-breakpoint
ALTER TABLE `users` ADD `cache_pending` text;--> statement-breakpoint
CREATE INDEX `users_cache_pending` ON `users` (`cache_pending`) WHERE cache_pending is not null;