type Defined<Values> = { [Key in keyof Values]?: Exclude<Values[Key], undefined> };

/** The values of a patch that are not undefined. */
export function defined<Values extends object>(values: Values | undefined): Defined<Values> {
  const result: Defined<Values> = {};
  for (const key in values)
    if (values[key] !== undefined) Object.assign(result, { [key]: values[key] });
  return result;
}
