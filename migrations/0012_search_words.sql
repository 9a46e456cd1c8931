CREATE TABLE `search_fills` (
	`kind` text NOT NULL,
	`course_id` text DEFAULT '' NOT NULL,
	`cursor` text DEFAULT '' NOT NULL,
	PRIMARY KEY(`kind`, `course_id`),
	CONSTRAINT "search_fills_kind_known" CHECK("search_fills"."kind" in ('user', 'course', 'purchase'))
);
--> statement-breakpoint
CREATE TABLE `search_words` (
	`kind` text NOT NULL,
	`row_id` text NOT NULL,
	`word` text NOT NULL,
	`source` text NOT NULL,
	PRIMARY KEY(`kind`, `row_id`, `word`, `source`),
	CONSTRAINT "search_words_kind_known" CHECK("search_words"."kind" in ('user', 'course', 'purchase')),
	CONSTRAINT "search_words_source_known" CHECK("search_words"."source" in ('user', 'title', 'summary', 'reference'))
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `search_words_by_word` ON `search_words` (`kind`,`word`,`row_id`);--> statement-breakpoint
-- A job stores the words of the rows that exist already.
INSERT INTO `search_fills` (`kind`) SELECT 'user' WHERE EXISTS (SELECT 1 FROM `users`) UNION ALL SELECT 'course' WHERE EXISTS (SELECT 1 FROM `courses`) UNION ALL SELECT 'purchase' WHERE EXISTS (SELECT 1 FROM `purchases`);--> statement-breakpoint
CREATE TRIGGER `users_words_removed` AFTER UPDATE OF `deleted_at` ON `users` WHEN new.`deleted_at` IS NOT NULL BEGIN DELETE FROM `search_words` WHERE `kind` = 'user' AND `row_id` = new.`id`; END;--> statement-breakpoint
CREATE TRIGGER `purchases_words_added` AFTER INSERT ON `purchases` BEGIN INSERT OR IGNORE INTO `search_words` (`kind`, `row_id`, `word`, `source`) SELECT 'purchase', new.`id`, `word`, `source` FROM `search_words` WHERE `kind` = 'user' AND `row_id` = new.`user_id`; INSERT OR IGNORE INTO `search_words` (`kind`, `row_id`, `word`, `source`) SELECT 'purchase', new.`id`, `word`, `source` FROM `search_words` WHERE `kind` = 'course' AND `row_id` = new.`course_id` AND `source` = 'title'; END;--> statement-breakpoint
CREATE TRIGGER `user_words_added` AFTER INSERT ON `search_words` WHEN new.`kind` = 'user' BEGIN INSERT OR IGNORE INTO `search_words` (`kind`, `row_id`, `word`, `source`) SELECT 'purchase', `id`, new.`word`, 'user' FROM `purchases` WHERE `user_id` = new.`row_id`; END;--> statement-breakpoint
CREATE TRIGGER `user_words_removed` AFTER DELETE ON `search_words` WHEN old.`kind` = 'user' BEGIN DELETE FROM `search_words` WHERE `kind` = 'purchase' AND `row_id` IN (SELECT `id` FROM `purchases` WHERE `user_id` = old.`row_id`) AND `word` = old.`word` AND `source` = 'user'; END;--> statement-breakpoint
CREATE TRIGGER `courses_renamed` AFTER UPDATE OF `title` ON `courses` WHEN new.`title` IS NOT old.`title` BEGIN INSERT OR REPLACE INTO `search_fills` (`kind`, `course_id`) VALUES ('purchase', new.`id`); END;
