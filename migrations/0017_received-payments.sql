CREATE TABLE `received_payments` (
	`id` text PRIMARY KEY NOT NULL,
	`purchase_id` text NOT NULL,
	`amount_minor` integer NOT NULL,
	`currency` text NOT NULL,
	`received_at` integer NOT NULL,
	FOREIGN KEY (`purchase_id`) REFERENCES `purchases`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `received_payments_of_purchase` ON `received_payments` (`purchase_id`);--> statement-breakpoint
INSERT OR IGNORE INTO `received_payments` SELECT `payment_intent_id`, `purchase_id`, coalesce(`paid_minor`, `price_minor`), `currency`, coalesce(`paid_at`, `created_at`)
  FROM `payments` JOIN `purchases` ON `purchases`.`id` = `purchase_id`
  WHERE `payment_intent_id` IS NOT NULL AND (`state` = 'paid' OR `paid_minor` IS NOT NULL OR `flag` = 'amount-mismatch');--> statement-breakpoint
-- Only the session of a second payment was recorded. The daily comparison with Stripe finds the payment.
INSERT OR IGNORE INTO `received_payments` SELECT entry.`detail`, entry.`purchase_id`, entry.`amount_minor`, entry.`currency`, entry.`created_at`
  FROM `payment_changes` entry JOIN `payments` paid ON paid.`purchase_id` = entry.`purchase_id`
  WHERE entry.`action` = 'second-payment' AND paid.`state` = 'paid' AND paid.`session_id` IS NOT entry.`detail`;--> statement-breakpoint
INSERT INTO `figures` SELECT 'received', `created_at` / 86400000, received.`currency`, count(*), sum(`amount_minor`)
  FROM `received_payments` received JOIN `purchases` ON `purchases`.`id` = `purchase_id` GROUP BY 2, 3;--> statement-breakpoint
-- A paid purchase without money at Stripe was paid outside, at its price.
INSERT INTO `figure_changes` SELECT 'received', `created_at` / 86400000, `currency`, count(*), sum(`price_minor`) FROM `purchases`
  WHERE `status` IN ('paid', 'refunded') AND (`id` NOT IN (SELECT `purchase_id` FROM `received_payments`)
    OR `id` IN (SELECT `purchase_id` FROM `payments` WHERE `is_paid_outside`)) GROUP BY 2, 3;--> statement-breakpoint
CREATE TRIGGER `figures_order_added` AFTER INSERT ON `purchases` WHEN new.`status` IN ('paid', 'refunded') BEGIN
  INSERT INTO `figure_changes` VALUES ('received', new.`created_at` / 86400000, new.`currency`, 1, new.`price_minor`);
END;--> statement-breakpoint
CREATE TRIGGER `figures_order_changed` AFTER UPDATE OF `status`, `price_minor`, `currency` ON `purchases`
WHEN NOT EXISTS (SELECT 1 FROM `received_payments` WHERE `purchase_id` = new.`id`)
  OR EXISTS (SELECT 1 FROM `payments` WHERE `purchase_id` = new.`id` AND `is_paid_outside`) BEGIN
  INSERT INTO `figure_changes` SELECT 'received', old.`created_at` / 86400000, old.`currency`, -1, -old.`price_minor` WHERE old.`status` IN ('paid', 'refunded');
  INSERT INTO `figure_changes` SELECT 'received', new.`created_at` / 86400000, new.`currency`, 1, new.`price_minor` WHERE new.`status` IN ('paid', 'refunded');
END;--> statement-breakpoint
CREATE TRIGGER `figures_order_removed` AFTER DELETE ON `purchases` WHEN old.`status` IN ('paid', 'refunded') BEGIN
  INSERT INTO `figure_changes` VALUES ('received', old.`created_at` / 86400000, old.`currency`, -1, -old.`price_minor`);
END;--> statement-breakpoint
CREATE TRIGGER `figures_payment_added` AFTER INSERT ON `payments` WHEN new.`is_paid_outside` BEGIN
  INSERT INTO `figure_changes` SELECT 'received', `created_at` / 86400000, `currency`, 1, `price_minor` FROM `purchases`
    WHERE `id` = new.`purchase_id` AND `status` IN ('paid', 'refunded') AND `id` IN (SELECT `purchase_id` FROM `received_payments`);
END;--> statement-breakpoint
CREATE TRIGGER `figures_payment_changed` AFTER UPDATE OF `is_paid_outside` ON `payments` WHEN old.`is_paid_outside` <> new.`is_paid_outside` BEGIN
  INSERT INTO `figure_changes` SELECT 'received', `created_at` / 86400000, `currency`, iif(new.`is_paid_outside`, 1, -1), iif(new.`is_paid_outside`, `price_minor`, -`price_minor`)
    FROM `purchases` WHERE `id` = new.`purchase_id` AND `status` IN ('paid', 'refunded') AND `id` IN (SELECT `purchase_id` FROM `received_payments`);
END;--> statement-breakpoint
CREATE TRIGGER `figures_payment_removed` AFTER DELETE ON `payments` WHEN old.`is_paid_outside` BEGIN
  INSERT INTO `figure_changes` SELECT 'received', `created_at` / 86400000, `currency`, -1, -`price_minor` FROM `purchases`
    WHERE `id` = old.`purchase_id` AND `status` IN ('paid', 'refunded') AND `id` IN (SELECT `purchase_id` FROM `received_payments`);
END;--> statement-breakpoint
CREATE TRIGGER `figures_received_added` AFTER INSERT ON `received_payments` BEGIN
  INSERT INTO `figure_changes` SELECT 'received', `created_at` / 86400000, new.`currency`, 1, new.`amount_minor` FROM `purchases` WHERE `id` = new.`purchase_id`;
  INSERT INTO `figure_changes` SELECT 'received', `created_at` / 86400000, `currency`, -1, -`price_minor` FROM `purchases`
    WHERE `id` = new.`purchase_id` AND `status` IN ('paid', 'refunded')
      AND NOT EXISTS (SELECT 1 FROM `received_payments` other WHERE other.`purchase_id` = new.`purchase_id` AND other.`id` <> new.`id`)
      AND NOT EXISTS (SELECT 1 FROM `payments` WHERE `purchase_id` = new.`purchase_id` AND `is_paid_outside`);
END;--> statement-breakpoint
CREATE TRIGGER `figures_received_changed` AFTER UPDATE OF `amount_minor`, `currency` ON `received_payments`
WHEN old.`amount_minor` <> new.`amount_minor` OR old.`currency` <> new.`currency` BEGIN
  INSERT INTO `figure_changes` SELECT 'received', `created_at` / 86400000, old.`currency`, -1, -old.`amount_minor` FROM `purchases` WHERE `id` = old.`purchase_id`;
  INSERT INTO `figure_changes` SELECT 'received', `created_at` / 86400000, new.`currency`, 1, new.`amount_minor` FROM `purchases` WHERE `id` = new.`purchase_id`;
END;--> statement-breakpoint
CREATE TRIGGER `figures_received_removed` AFTER DELETE ON `received_payments` BEGIN
  INSERT INTO `figure_changes` SELECT 'received', `created_at` / 86400000, old.`currency`, -1, -old.`amount_minor` FROM `purchases` WHERE `id` = old.`purchase_id`;
  INSERT INTO `figure_changes` SELECT 'received', `created_at` / 86400000, `currency`, 1, `price_minor` FROM `purchases`
    WHERE `id` = old.`purchase_id` AND `status` IN ('paid', 'refunded')
      AND NOT EXISTS (SELECT 1 FROM `received_payments` WHERE `purchase_id` = old.`purchase_id`)
      AND NOT EXISTS (SELECT 1 FROM `payments` WHERE `purchase_id` = old.`purchase_id` AND `is_paid_outside`);
END;
