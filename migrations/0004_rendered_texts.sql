CREATE TABLE `rendered_texts` (
	`text_id` text PRIMARY KEY NOT NULL,
	`renderer` integer DEFAULT 0 NOT NULL,
	`html` text
);
--> statement-breakpoint
CREATE INDEX `rendered_texts_by_renderer` ON `rendered_texts` (`renderer`);--> statement-breakpoint
INSERT INTO `rendered_texts` (`text_id`) SELECT `id` FROM `courses` UNION ALL SELECT `id` FROM `lessons`;--> statement-breakpoint
CREATE TRIGGER `courses_text_added` AFTER INSERT ON `courses` BEGIN INSERT OR REPLACE INTO `rendered_texts` (`text_id`) VALUES (new.`id`); END;--> statement-breakpoint
CREATE TRIGGER `courses_text_changed` AFTER UPDATE OF `id`, `description` ON `courses` WHEN new.`id` IS NOT old.`id` OR new.`description` IS NOT old.`description` BEGIN DELETE FROM `rendered_texts` WHERE `text_id` = old.`id`; INSERT OR REPLACE INTO `rendered_texts` (`text_id`) VALUES (new.`id`); END;--> statement-breakpoint
CREATE TRIGGER `courses_text_removed` AFTER DELETE ON `courses` BEGIN DELETE FROM `rendered_texts` WHERE `text_id` = old.`id`; END;--> statement-breakpoint
CREATE TRIGGER `lessons_text_added` AFTER INSERT ON `lessons` BEGIN INSERT OR REPLACE INTO `rendered_texts` (`text_id`) VALUES (new.`id`); END;--> statement-breakpoint
CREATE TRIGGER `lessons_text_changed` AFTER UPDATE OF `id`, `body` ON `lessons` WHEN new.`id` IS NOT old.`id` OR new.`body` IS NOT old.`body` BEGIN DELETE FROM `rendered_texts` WHERE `text_id` = old.`id`; INSERT OR REPLACE INTO `rendered_texts` (`text_id`) VALUES (new.`id`); END;--> statement-breakpoint
CREATE TRIGGER `lessons_text_removed` AFTER DELETE ON `lessons` BEGIN DELETE FROM `rendered_texts` WHERE `text_id` = old.`id`; END;
