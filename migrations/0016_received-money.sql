ALTER TABLE `payments` ADD `paid_minor` integer;--> statement-breakpoint
ALTER TABLE `payments` ADD `is_paid_outside` integer DEFAULT false NOT NULL;