/** Same fields as the application's profile. */
export interface Person {
  id: string;
  name: string;
  email: string;
  imageUrl: string | null;
  role: string;
  createdAt: string;
}

interface StoredUser {
  id: string;
  name: string;
  email: string;
  image?: string | null | undefined;
  createdAt: Date;
}

export function personOf(user: StoredUser | undefined): Person | null {
  if (!user) return null;
  const { id, name, email, image, createdAt } = user;
  const since = new Date(createdAt).toISOString();
  return { id, name, email, imageUrl: image ?? null, role: "user", createdAt: since };
}
