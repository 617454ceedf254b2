/** ValidationData of SignUp and AdminCreateUser. */
export function sdkValidationData(
  data: Readonly<Record<string, string>> | undefined,
): { Name: string; Value: string }[] | undefined {
  return data && Object.entries(data).map(([Name, Value]) => ({ Name, Value }));
}
