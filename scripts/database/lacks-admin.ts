import * as z from "zod";
import { lacksAdminQuery } from "../../app/db/user-groups.ts";
import { type DatabaseLocation, executeSql } from "./execute-sql.ts";

const resultSchema = z.tuple([z.object({ lacksAdmin: z.int().transform(Boolean) })]);

/** True if there are users but no admin who may act. @throws if D1 does not answer. */
export async function lacksAdmin(location: DatabaseLocation): Promise<boolean> {
  const [row] = resultSchema.parse(await executeSql(location, lacksAdminQuery));
  return row.lacksAdmin;
}
