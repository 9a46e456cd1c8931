ALTER TABLE `course_changes` ADD `purchase_id` text;--> statement-breakpoint
CREATE INDEX `course_changes_of_purchase` ON `course_changes` (`purchase_id`) WHERE purchase_id is not null;--> statement-breakpoint
ALTER TABLE `purchases` ADD `attention` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `purchases_needing_attention` ON `purchases` ((attention || (1000000000000000 + created_at) || id)) WHERE attention > 0;--> statement-breakpoint
-- What needs attention already: disputes that wait for the bank, then decisions.
UPDATE `purchases` SET `attention` = 1 WHERE `id` IN (SELECT `purchase_id` FROM `disputes` WHERE `status` = 'open');--> statement-breakpoint
UPDATE `purchases` SET `attention` = 2 WHERE `id` IN (SELECT `purchase_id` FROM `refunds` WHERE `status` IN ('failed', 'canceled') AND `decision` IS NULL);--> statement-breakpoint
UPDATE `purchases` SET `attention` = 2 WHERE `id` IN (
  SELECT `purchase_id` FROM `payments` JOIN `purchases` bought ON bought.`id` = `purchase_id` WHERE CASE
    WHEN `flag` = 'amount-mismatch' THEN bought.`status` = 'pending'
      OR (bought.`status` = 'cancelled' AND NOT EXISTS (SELECT 1 FROM `refunds` back WHERE back.`purchase_id` = bought.`id`))
    WHEN `flag` = 'second-payment' AND bought.`status` = 'refunded' THEN bought.`price_minor` >
      (SELECT coalesce(sum(back.`amount_minor`), 0) FROM `refunds` back WHERE back.`purchase_id` = bought.`id`
        AND back.`payment_intent_id` IS `payments`.`payment_intent_id` AND back.`status` IN ('pending', 'succeeded'))
    ELSE `flag` IS NOT NULL AND bought.`status` <> 'refunded' END);
