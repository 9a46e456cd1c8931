/**
 * What stands for `@clerk/clerk-react` in the worker (`[alias]` in wrangler.toml): as much of it as the pages, and `@clerk/remix`
 * for them, make use of. `@clerk/remix` asks for the package as a whole, and would bring all of its components and hooks.
 */
export {
  ClerkProvider,
  SignIn,
  SignUp,
  UserButton,
  UserProfile,
  useAuth,
} from "../../node_modules/@clerk/clerk-react/dist/index.mjs";
