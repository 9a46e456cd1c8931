ALTER TABLE `reconcile_runs` ADD `ahead` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `users` ADD `refresh_pending` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `users` ADD `banned_at` integer;--> statement-breakpoint
ALTER TABLE `users` ADD `locked` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `users` ADD `ended_sessions` text;--> statement-breakpoint
ALTER TABLE `users` ADD `cache_pending` text;--> statement-breakpoint
CREATE INDEX `users_cache_pending` ON `users` (`cache_pending`) WHERE cache_pending is not null;