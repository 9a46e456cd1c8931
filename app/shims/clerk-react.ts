/** Replaces `@clerk/clerk-react` in the worker (`[alias]` in wrangler.toml): only what we use. */
export {
  ClerkProvider,
  SignIn,
  SignUp,
  UserButton,
  UserProfile,
  useAuth,
  useClerk,
} from "../../node_modules/@clerk/clerk-react/dist/index.mjs";
export type * from "../../node_modules/@clerk/clerk-react/dist/index.mjs";
