CREATE TABLE `clerk_instance` (
	`only_row` integer PRIMARY KEY NOT NULL,
	`instance_id` text NOT NULL,
	`stored_at` integer NOT NULL,
	CONSTRAINT "clerk_instance_only_row" CHECK("clerk_instance"."only_row" = 1)
);
--> statement-breakpoint
ALTER TABLE `reconcile_runs` ADD `adopt_instance` integer DEFAULT false NOT NULL;