/** Role and state of a person in one number: with it in front, one index an order serves every filter (app/features/admin). */
export const userGroup = "((deleted_at is not null) * 4 + metadata_pending * 2 + (role = 'admin'))";

/** A place for every row in each order of the list of people: unique, so that a page can go on exactly behind it. */
export const userKeys = {
  newest: "((1000000000000000 + created_at) || id)",
  name: "(lower(name) || char(1) || id)",
  email: "(case when email is null then '' else lower(email) end || char(1) || id)",
} as const;

/** The event types that change people, in one number; 0 is any other. */
export const deliveryKind =
  "((type = 'user.created') + (type = 'user.updated') * 2 + (type = 'user.deleted') * 3)";
export const deliveryKey = "((1000000000000000 + last_received_at) || svix_id)";
export const roleChangeKey = "((1000000000000000 + created_at) || id)";
export const courseChangeKey = roleChangeKey;

/** Places for courses; a published one stands where it was published first. */
export const courseKeys = {
  newest:
    "((1000000000000000 + (case when published_at is null then created_at else published_at end)) || id)",
  title: "(lower(title) || char(1) || id)",
} as const;

/** Places for enrollments: among those of a person, and among those of a course. */
export const enrollmentKeys = {
  ofUser: "((1000000000000000 + enrolled_at) || course_id)",
  ofCourse: "((1000000000000000 + enrolled_at) || user_id)",
} as const;

export const purchaseKey = "((1000000000000000 + created_at) || id)";
