/** Stands for `@clerk/remix` in rivals that have no Clerk: the application's header then has an empty place for its button. */
export const UserButton = () => null;
