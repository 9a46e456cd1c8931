CREATE TABLE `payment_runs` (
	`id` text PRIMARY KEY NOT NULL,
	`mode` text NOT NULL,
	`phase` text DEFAULT 'sessions' NOT NULL,
	`cursor` text DEFAULT '' NOT NULL,
	`pages` integer DEFAULT 0 NOT NULL,
	`checked` integer DEFAULT 0 NOT NULL,
	`paid_there` integer DEFAULT 0 NOT NULL,
	`paid_here` integer DEFAULT 0 NOT NULL,
	`refunded_there` integer DEFAULT 0 NOT NULL,
	`disputed_there` integer DEFAULT 0 NOT NULL,
	`undelivered` integer DEFAULT 0 NOT NULL,
	`drift` text DEFAULT '[]' NOT NULL,
	`started_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`finished_at` integer,
	`error` text,
	`lease_token` text,
	`lease_until` integer DEFAULT 0 NOT NULL,
	CONSTRAINT "payment_runs_mode_known" CHECK("payment_runs"."mode" in ('repair', 'dry-run')),
	CONSTRAINT "payment_runs_phase_known" CHECK("payment_runs"."phase" in ('sessions', 'refunds', 'disputes', 'events', 'payments'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `payment_runs_one_open` ON `payment_runs` ((finished_at is null)) WHERE finished_at is null;