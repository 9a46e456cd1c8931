CREATE TABLE `course_changes` (
	`id` text PRIMARY KEY NOT NULL,
	`changed_by` text NOT NULL,
	`course_id` text NOT NULL,
	`user_id` text,
	`action` text NOT NULL,
	`detail` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`changed_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`course_id`) REFERENCES `courses`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "course_changes_action_known" CHECK("course_changes"."action" in ('course-created', 'course-edited', 'course-published', 'course-archived', 'course-withdrawn', 'section-added', 'section-renamed', 'section-removed', 'lesson-added', 'lesson-edited', 'lesson-removed', 'outline-reordered', 'person-enrolled', 'person-revoked', 'purchase-paid', 'purchase-cancelled', 'purchase-refunded'))
);
--> statement-breakpoint
CREATE INDEX `course_changes_by_newest` ON `course_changes` (((1000000000000000 + created_at) || id));--> statement-breakpoint
CREATE INDEX `course_changes_course_id` ON `course_changes` (`course_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `course_changes_user_id` ON `course_changes` (`user_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `course_changes_changed_by` ON `course_changes` (`changed_by`,`created_at`);--> statement-breakpoint
CREATE TABLE `courses` (
	`id` text PRIMARY KEY NOT NULL,
	`slug` text NOT NULL,
	`title` text NOT NULL,
	`summary` text NOT NULL,
	`description` text NOT NULL,
	`cover` text NOT NULL,
	`price_minor` integer NOT NULL,
	`currency` text NOT NULL,
	`status` text DEFAULT 'draft' NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`published_at` integer,
	CONSTRAINT "courses_status_known" CHECK("courses"."status" in ('draft', 'published', 'archived')),
	CONSTRAINT "courses_cover_known" CHECK("courses"."cover" in ('arcs', 'contours', 'grid', 'leaves', 'orbits', 'prism', 'terraces', 'waves')),
	CONSTRAINT "courses_currency_known" CHECK("courses"."currency" in ('EUR', 'USD', 'GBP', 'CHF', 'JPY')),
	CONSTRAINT "courses_price_not_negative" CHECK("courses"."price_minor" >= 0)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `courses_slug_unique` ON `courses` (`slug`);--> statement-breakpoint
CREATE INDEX `courses_by_newest` ON `courses` (`status`,((1000000000000000 + (case when published_at is null then created_at else published_at end)) || id));--> statement-breakpoint
CREATE INDEX `courses_by_title` ON `courses` (`status`,(lower(title) || char(1) || id));--> statement-breakpoint
CREATE TABLE `lessons` (
	`id` text PRIMARY KEY NOT NULL,
	`course_id` text NOT NULL,
	`section_id` text NOT NULL,
	`slug` text NOT NULL,
	`title` text NOT NULL,
	`body` text NOT NULL,
	`video_url` text,
	`duration_minutes` integer NOT NULL,
	`status` text DEFAULT 'private' NOT NULL,
	`position` integer NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`course_id`) REFERENCES `courses`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`section_id`) REFERENCES `sections`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "lessons_status_known" CHECK("lessons"."status" in ('public', 'preview', 'private')),
	CONSTRAINT "lessons_duration_not_negative" CHECK("lessons"."duration_minutes" >= 0)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `lessons_slug` ON `lessons` (`course_id`,`slug`);--> statement-breakpoint
CREATE INDEX `lessons_section_id` ON `lessons` (`section_id`,`position`);--> statement-breakpoint
CREATE INDEX `lessons_course_id` ON `lessons` (`course_id`,`status`);--> statement-breakpoint
CREATE TABLE `sections` (
	`id` text PRIMARY KEY NOT NULL,
	`course_id` text NOT NULL,
	`title` text NOT NULL,
	`position` integer NOT NULL,
	FOREIGN KEY (`course_id`) REFERENCES `courses`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `sections_course_id` ON `sections` (`course_id`,`position`);--> statement-breakpoint
CREATE TABLE `enrollments` (
	`user_id` text NOT NULL,
	`course_id` text NOT NULL,
	`source` text NOT NULL,
	`enrolled_at` integer NOT NULL,
	`revoked_at` integer,
	`revoked_because` text,
	PRIMARY KEY(`user_id`, `course_id`),
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`course_id`) REFERENCES `courses`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "enrollments_source_known" CHECK("enrollments"."source" in ('free', 'purchase', 'admin')),
	CONSTRAINT "enrollments_revocation_known" CHECK("enrollments"."revoked_because" is null or "enrollments"."revoked_because" in ('refund', 'admin')),
	CONSTRAINT "enrollments_revocation_whole" CHECK(("enrollments"."revoked_at" is null) = ("enrollments"."revoked_because" is null))
);
--> statement-breakpoint
CREATE INDEX `enrollments_of_user` ON `enrollments` (`user_id`,((1000000000000000 + enrolled_at) || course_id));--> statement-breakpoint
CREATE INDEX `enrollments_of_course` ON `enrollments` (`course_id`,((1000000000000000 + enrolled_at) || user_id));--> statement-breakpoint
CREATE TABLE `lesson_completions` (
	`user_id` text NOT NULL,
	`lesson_id` text NOT NULL,
	`course_id` text NOT NULL,
	`completed_at` integer NOT NULL,
	PRIMARY KEY(`user_id`, `lesson_id`),
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`lesson_id`) REFERENCES `lessons`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`course_id`) REFERENCES `courses`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `lesson_completions_of_user` ON `lesson_completions` (`user_id`,`course_id`,`completed_at`);--> statement-breakpoint
CREATE INDEX `lesson_completions_lesson_id` ON `lesson_completions` (`lesson_id`);--> statement-breakpoint
CREATE TABLE `purchases` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`course_id` text NOT NULL,
	`price_minor` integer NOT NULL,
	`currency` text NOT NULL,
	`snapshot` text NOT NULL,
	`status` text NOT NULL,
	`provider` text NOT NULL,
	`provider_reference` text NOT NULL,
	`created_at` integer NOT NULL,
	`paid_at` integer,
	`cancelled_at` integer,
	`refunded_at` integer,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`course_id`) REFERENCES `courses`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "purchases_status_known" CHECK("purchases"."status" in ('pending', 'paid', 'cancelled', 'refunded')),
	CONSTRAINT "purchases_currency_known" CHECK("purchases"."currency" in ('EUR', 'USD', 'GBP', 'CHF', 'JPY')),
	CONSTRAINT "purchases_price_positive" CHECK("purchases"."price_minor" > 0)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `purchases_provider_reference_unique` ON `purchases` (`provider_reference`);--> statement-breakpoint
CREATE UNIQUE INDEX `purchases_one_pending` ON `purchases` (`user_id`,`course_id`) WHERE status = 'pending';--> statement-breakpoint
CREATE INDEX `purchases_of_user` ON `purchases` (`user_id`,((1000000000000000 + created_at) || id));--> statement-breakpoint
CREATE INDEX `purchases_by_status` ON `purchases` (`status`,((1000000000000000 + created_at) || id));--> statement-breakpoint
CREATE INDEX `purchases_of_course` ON `purchases` (`course_id`,`user_id`);