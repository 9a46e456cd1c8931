CREATE TABLE `reconcile_runs` (
	`id` text PRIMARY KEY NOT NULL,
	`mode` text NOT NULL,
	`allow_mass_deletion` integer DEFAULT false NOT NULL,
	`phase` text DEFAULT 'clerk-users' NOT NULL,
	`cursor` text DEFAULT '0' NOT NULL,
	`total` integer,
	`pages` integer DEFAULT 0 NOT NULL,
	`users_checked` integer DEFAULT 0 NOT NULL,
	`rows_checked` integer DEFAULT 0 NOT NULL,
	`missing` integer DEFAULT 0 NOT NULL,
	`outdated` integer DEFAULT 0 NOT NULL,
	`metadata_wrong` integer DEFAULT 0 NOT NULL,
	`gone` integer DEFAULT 0 NOT NULL,
	`tombstoned` integer DEFAULT 0 NOT NULL,
	`started_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`finished_at` integer,
	`error` text,
	`lease_token` text,
	`lease_until` integer DEFAULT 0 NOT NULL,
	CONSTRAINT "reconcile_runs_mode_known" CHECK("reconcile_runs"."mode" in ('repair', 'dry-run')),
	CONSTRAINT "reconcile_runs_phase_known" CHECK("reconcile_runs"."phase" in ('clerk-users', 'rows'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `reconcile_runs_one_open` ON `reconcile_runs` ((finished_at is null)) WHERE finished_at is null;--> statement-breakpoint
DROP INDEX `users_metadata_pending`;--> statement-breakpoint
ALTER TABLE `users` ADD `metadata_retry_at` integer;--> statement-breakpoint
CREATE INDEX `users_metadata_pending` ON `users` (`metadata_retry_at`) WHERE "users"."metadata_pending" = 1;