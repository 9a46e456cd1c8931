/** Unique, so that a page can start exactly after a row. */
export const userKeys = {
  newest: "((1000000000000000 + created_at) || id)",
  name: "(lower(name) || char(1) || id)",
  email: "(case when email is null then '' else lower(email) end || char(1) || id)",
} as const;

/** 0 is any other event type. */
export const deliveryKind =
  "((type = 'user.created') + (type = 'user.updated') * 2 + (type = 'user.deleted') * 3)";
export const deliveryKey = "((1000000000000000 + last_received_at) || svix_id)";
export const stripeEventKey = "((1000000000000000 + last_received_at) || id)";
export const roleChangeKey = "((1000000000000000 + created_at) || id)";
export const courseChangeKey = roleChangeKey;

/** Published courses are sorted by first publication. */
export const courseKeys = {
  newest:
    "((1000000000000000 + (case when published_at is null then created_at else published_at end)) || id)",
  title: "(lower(title) || char(1) || id)",
} as const;

export const enrollmentKeys = {
  ofUser: "((1000000000000000 + enrolled_at) || course_id)",
  ofCourse: "((1000000000000000 + enrolled_at) || user_id)",
} as const;

export const purchaseKey = "((1000000000000000 + created_at) || id)";
/** Purchases that need attention: those that need a decision sort last. */
export const attentionKey = "(attention || (1000000000000000 + created_at) || id)";
