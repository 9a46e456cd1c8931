CREATE TABLE `figures` (
	`figure` text NOT NULL,
	`period` integer NOT NULL,
	`key` text NOT NULL,
	`count` integer NOT NULL,
	`amount` integer NOT NULL,
	PRIMARY KEY(`figure`, `period`, `key`)
);
--> statement-breakpoint
CREATE INDEX `figures_best_courses` ON `figures` (`period`,`count`) WHERE figure = 'course-enrollments';--> statement-breakpoint
CREATE TABLE `learner_activity` (
	`user_id` text PRIMARY KEY NOT NULL,
	`active_on` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
INSERT INTO `figures` SELECT 'users', `created_at` / 86400000, iif(`deleted_at` IS NULL, 'present', 'deleted'), count(*), 0 FROM `users` GROUP BY 2, 3;--> statement-breakpoint
INSERT INTO `figures` SELECT 'enrollments', `enrolled_at` / 86400000, '', count(*), 0 FROM `enrollments` WHERE `revoked_at` IS NULL GROUP BY 2;--> statement-breakpoint
INSERT INTO `figures` SELECT 'course-enrollments', CAST(strftime('%Y%m', `enrolled_at` / 1000, 'unixepoch') AS INTEGER), `course_id`, count(*), 0 FROM `enrollments` WHERE `revoked_at` IS NULL GROUP BY 2, 3;--> statement-breakpoint
INSERT INTO `figures` SELECT 'completions', `completed_at` / 86400000, '', count(*), 0 FROM `lesson_completions` GROUP BY 2;--> statement-breakpoint
INSERT INTO `learner_activity` SELECT `user_id`, max(`completed_at`) / 86400000 FROM `lesson_completions` GROUP BY 1;--> statement-breakpoint
INSERT INTO `figures` SELECT 'active-learners', `active_on`, '', count(*), 0 FROM `learner_activity` GROUP BY 2;--> statement-breakpoint
INSERT INTO `figures` SELECT 'orders', `created_at` / 86400000, `currency` || ' ' || `status`, count(*), sum(`price_minor`) FROM `purchases` GROUP BY 2, 3;--> statement-breakpoint
INSERT INTO `figures` SELECT 'refunds', purchase.`created_at` / 86400000, refund.`currency`, count(*), sum(refund.`amount_minor`) FROM `refunds` refund JOIN `purchases` purchase ON purchase.`id` = refund.`purchase_id` WHERE refund.`status` = 'succeeded' OR (refund.`status` = 'pending' AND refund.`stripe_refund_id` IS NOT NULL) GROUP BY 2, 3;--> statement-breakpoint
INSERT INTO `figures` SELECT 'lost-disputes', purchase.`created_at` / 86400000, dispute.`currency`, count(*), sum(dispute.`amount_minor`) FROM `disputes` dispute JOIN `purchases` purchase ON purchase.`id` = dispute.`purchase_id` WHERE dispute.`status` = 'lost' GROUP BY 2, 3;--> statement-breakpoint
INSERT INTO `figures` SELECT 'deliveries', `last_received_at` / 3600000, `outcome`, count(*), sum(`attempts` - 1) FROM `webhook_deliveries` GROUP BY 2, 3;--> statement-breakpoint
-- Inserting into this view adds to a figure. Not an upsert: in a trigger, the conflict clause of the outer statement wins.
CREATE VIEW `figure_changes` AS SELECT `figure`, `period`, `key`, `count`, `amount` FROM `figures` WHERE false;--> statement-breakpoint
CREATE TRIGGER `figure_changed` INSTEAD OF INSERT ON `figure_changes` BEGIN
  INSERT INTO `figures` SELECT new.`figure`, new.`period`, new.`key`, 0, 0
    WHERE NOT EXISTS (SELECT 1 FROM `figures` WHERE `figure` = new.`figure` AND `period` = new.`period` AND `key` = new.`key`);
  UPDATE `figures` SET `count` = `count` + new.`count`, `amount` = `amount` + new.`amount`
    WHERE `figure` = new.`figure` AND `period` = new.`period` AND `key` = new.`key`;
END;--> statement-breakpoint
CREATE TRIGGER `figures_user_added` AFTER INSERT ON `users` BEGIN
  INSERT INTO `figure_changes` VALUES ('users', new.`created_at` / 86400000, iif(new.`deleted_at` IS NULL, 'present', 'deleted'), 1, 0);
END;--> statement-breakpoint
CREATE TRIGGER `figures_user_changed` AFTER UPDATE OF `created_at`, `deleted_at` ON `users`
WHEN (old.`deleted_at` IS NULL) <> (new.`deleted_at` IS NULL) OR old.`created_at` <> new.`created_at` BEGIN
  INSERT INTO `figure_changes` VALUES ('users', old.`created_at` / 86400000, iif(old.`deleted_at` IS NULL, 'present', 'deleted'), -1, 0);
  INSERT INTO `figure_changes` VALUES ('users', new.`created_at` / 86400000, iif(new.`deleted_at` IS NULL, 'present', 'deleted'), 1, 0);
END;--> statement-breakpoint
CREATE TRIGGER `figures_user_removed` AFTER DELETE ON `users` BEGIN
  INSERT INTO `figure_changes` VALUES ('users', old.`created_at` / 86400000, iif(old.`deleted_at` IS NULL, 'present', 'deleted'), -1, 0);
END;--> statement-breakpoint
CREATE TRIGGER `figures_enrollment_added` AFTER INSERT ON `enrollments` WHEN new.`revoked_at` IS NULL BEGIN
  INSERT INTO `figure_changes` VALUES ('enrollments', new.`enrolled_at` / 86400000, '', 1, 0);
  INSERT INTO `figure_changes` VALUES ('course-enrollments', CAST(strftime('%Y%m', new.`enrolled_at` / 1000, 'unixepoch') AS INTEGER), new.`course_id`, 1, 0);
END;--> statement-breakpoint
CREATE TRIGGER `figures_enrollment_changed` AFTER UPDATE OF `enrolled_at`, `revoked_at` ON `enrollments`
WHEN old.`enrolled_at` <> new.`enrolled_at` OR (old.`revoked_at` IS NULL) <> (new.`revoked_at` IS NULL) BEGIN
  INSERT INTO `figure_changes` SELECT 'enrollments', old.`enrolled_at` / 86400000, '', -1, 0 WHERE old.`revoked_at` IS NULL;
  INSERT INTO `figure_changes` SELECT 'course-enrollments', CAST(strftime('%Y%m', old.`enrolled_at` / 1000, 'unixepoch') AS INTEGER), old.`course_id`, -1, 0 WHERE old.`revoked_at` IS NULL;
  INSERT INTO `figure_changes` SELECT 'enrollments', new.`enrolled_at` / 86400000, '', 1, 0 WHERE new.`revoked_at` IS NULL;
  INSERT INTO `figure_changes` SELECT 'course-enrollments', CAST(strftime('%Y%m', new.`enrolled_at` / 1000, 'unixepoch') AS INTEGER), new.`course_id`, 1, 0 WHERE new.`revoked_at` IS NULL;
END;--> statement-breakpoint
CREATE TRIGGER `figures_enrollment_removed` AFTER DELETE ON `enrollments` WHEN old.`revoked_at` IS NULL BEGIN
  INSERT INTO `figure_changes` VALUES ('enrollments', old.`enrolled_at` / 86400000, '', -1, 0);
  INSERT INTO `figure_changes` VALUES ('course-enrollments', CAST(strftime('%Y%m', old.`enrolled_at` / 1000, 'unixepoch') AS INTEGER), old.`course_id`, -1, 0);
END;--> statement-breakpoint
CREATE TRIGGER `figures_completion_added` AFTER INSERT ON `lesson_completions` BEGIN
  INSERT INTO `figure_changes` VALUES ('completions', new.`completed_at` / 86400000, '', 1, 0);
  INSERT INTO `learner_activity` SELECT new.`user_id`, new.`completed_at` / 86400000
    WHERE NOT EXISTS (SELECT 1 FROM `learner_activity` WHERE `user_id` = new.`user_id`);
  UPDATE `learner_activity` SET `active_on` = new.`completed_at` / 86400000
    WHERE `user_id` = new.`user_id` AND `active_on` < new.`completed_at` / 86400000;
END;--> statement-breakpoint
CREATE TRIGGER `figures_completion_removed` AFTER DELETE ON `lesson_completions` BEGIN
  INSERT INTO `figure_changes` VALUES ('completions', old.`completed_at` / 86400000, '', -1, 0);
END;--> statement-breakpoint
CREATE TRIGGER `figures_learner_added` AFTER INSERT ON `learner_activity` BEGIN
  INSERT INTO `figure_changes` VALUES ('active-learners', new.`active_on`, '', 1, 0);
END;--> statement-breakpoint
CREATE TRIGGER `figures_learner_changed` AFTER UPDATE OF `active_on` ON `learner_activity` BEGIN
  INSERT INTO `figure_changes` VALUES ('active-learners', old.`active_on`, '', -1, 0);
  INSERT INTO `figure_changes` VALUES ('active-learners', new.`active_on`, '', 1, 0);
END;--> statement-breakpoint
CREATE TRIGGER `figures_learner_removed` AFTER DELETE ON `learner_activity` BEGIN
  INSERT INTO `figure_changes` VALUES ('active-learners', old.`active_on`, '', -1, 0);
END;--> statement-breakpoint
CREATE TRIGGER `figures_purchase_added` AFTER INSERT ON `purchases` BEGIN
  INSERT INTO `figure_changes` VALUES ('orders', new.`created_at` / 86400000, new.`currency` || ' ' || new.`status`, 1, new.`price_minor`);
END;--> statement-breakpoint
CREATE TRIGGER `figures_purchase_changed` AFTER UPDATE OF `status`, `paid_at`, `created_at`, `price_minor`, `currency` ON `purchases` BEGIN
  INSERT INTO `figure_changes` VALUES ('orders', old.`created_at` / 86400000, old.`currency` || ' ' || old.`status`, -1, -old.`price_minor`);
  INSERT INTO `figure_changes` VALUES ('orders', new.`created_at` / 86400000, new.`currency` || ' ' || new.`status`, 1, new.`price_minor`);
END;--> statement-breakpoint
CREATE TRIGGER `figures_purchase_removed` AFTER DELETE ON `purchases` BEGIN
  INSERT INTO `figure_changes` VALUES ('orders', old.`created_at` / 86400000, old.`currency` || ' ' || old.`status`, -1, -old.`price_minor`);
END;--> statement-breakpoint
CREATE TRIGGER `figures_delivery_added` AFTER INSERT ON `webhook_deliveries` BEGIN
  INSERT INTO `figure_changes` VALUES ('deliveries', new.`last_received_at` / 3600000, new.`outcome`, 1, new.`attempts` - 1);
END;--> statement-breakpoint
CREATE TRIGGER `figures_delivery_repeated` AFTER UPDATE OF `attempts`, `last_received_at`, `outcome` ON `webhook_deliveries` BEGIN
  INSERT INTO `figure_changes` VALUES ('deliveries', old.`last_received_at` / 3600000, old.`outcome`, -1, 1 - old.`attempts`);
  INSERT INTO `figure_changes` VALUES ('deliveries', new.`last_received_at` / 3600000, new.`outcome`, 1, new.`attempts` - 1);
END;--> statement-breakpoint
CREATE TRIGGER `figures_refund_added` AFTER INSERT ON `refunds` BEGIN
  INSERT INTO `figure_changes` SELECT 'refunds', `created_at` / 86400000, new.`currency`, 1, new.`amount_minor` FROM `purchases`
    WHERE `id` = new.`purchase_id` AND (new.`status` = 'succeeded' OR (new.`status` = 'pending' AND new.`stripe_refund_id` IS NOT NULL));
END;--> statement-breakpoint
CREATE TRIGGER `figures_refund_changed` AFTER UPDATE ON `refunds` BEGIN
  INSERT INTO `figure_changes` SELECT 'refunds', `created_at` / 86400000, old.`currency`, -1, -old.`amount_minor` FROM `purchases`
    WHERE `id` = old.`purchase_id` AND (old.`status` = 'succeeded' OR (old.`status` = 'pending' AND old.`stripe_refund_id` IS NOT NULL));
  INSERT INTO `figure_changes` SELECT 'refunds', `created_at` / 86400000, new.`currency`, 1, new.`amount_minor` FROM `purchases`
    WHERE `id` = new.`purchase_id` AND (new.`status` = 'succeeded' OR (new.`status` = 'pending' AND new.`stripe_refund_id` IS NOT NULL));
END;--> statement-breakpoint
CREATE TRIGGER `figures_refund_removed` AFTER DELETE ON `refunds` BEGIN
  INSERT INTO `figure_changes` SELECT 'refunds', `created_at` / 86400000, old.`currency`, -1, -old.`amount_minor` FROM `purchases`
    WHERE `id` = old.`purchase_id` AND (old.`status` = 'succeeded' OR (old.`status` = 'pending' AND old.`stripe_refund_id` IS NOT NULL));
END;--> statement-breakpoint
CREATE TRIGGER `figures_dispute_added` AFTER INSERT ON `disputes` BEGIN
  INSERT INTO `figure_changes` SELECT 'lost-disputes', `created_at` / 86400000, new.`currency`, 1, new.`amount_minor` FROM `purchases`
    WHERE `id` = new.`purchase_id` AND new.`status` = 'lost';
END;--> statement-breakpoint
CREATE TRIGGER `figures_dispute_changed` AFTER UPDATE ON `disputes` BEGIN
  INSERT INTO `figure_changes` SELECT 'lost-disputes', `created_at` / 86400000, old.`currency`, -1, -old.`amount_minor` FROM `purchases`
    WHERE `id` = old.`purchase_id` AND old.`status` = 'lost';
  INSERT INTO `figure_changes` SELECT 'lost-disputes', `created_at` / 86400000, new.`currency`, 1, new.`amount_minor` FROM `purchases`
    WHERE `id` = new.`purchase_id` AND new.`status` = 'lost';
END;--> statement-breakpoint
CREATE TRIGGER `figures_dispute_removed` AFTER DELETE ON `disputes` BEGIN
  INSERT INTO `figure_changes` SELECT 'lost-disputes', `created_at` / 86400000, old.`currency`, -1, -old.`amount_minor` FROM `purchases`
    WHERE `id` = old.`purchase_id` AND old.`status` = 'lost';
END;
