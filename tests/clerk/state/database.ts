import { type Database, openSqlite } from "../../local-service/state/database.ts";
import { schema } from "./schema.ts";

/** Opens or creates the database of a local Clerk at `path`, which can be `:memory:`. */
export const openDatabase = (path: string): Database => openSqlite(path, schema);
