import type { Metadata, User } from "../state/users.ts";
import { imageUrl } from "./image-url.ts";

/** The values that a claims template can access after `user.`. */
export function templateValues(user: User): Metadata {
  const primary = user.emailAddresses.find((email) => email.id === user.primaryEmailAddressId);
  return {
    id: user.id,
    external_id: user.externalId,
    username: user.username,
    first_name: user.firstName,
    last_name: user.lastName,
    full_name: [user.firstName, user.lastName].filter(Boolean).join(" ") || null,
    image_url: imageUrl(user),
    has_image: user.imageUrl !== null,
    primary_email_address: primary?.emailAddress ?? null,
    email_verified: primary?.verified ?? false,
    public_metadata: user.publicMetadata,
    unsafe_metadata: user.unsafeMetadata,
    two_factor_enabled: false,
    created_at: user.createdAt,
    updated_at: user.updatedAt,
    last_sign_in_at: user.lastSignInAt,
  };
}
