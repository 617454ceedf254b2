import { missingParameter } from './refusals.js';

/** @throws CognitoFault InvalidParameterException `Missing required parameter <NAME>` */
export function parameter(parameters: Readonly<Record<string, string>>, name: string): string {
  const value = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
  if (value === undefined || value === '') {
    throw missingParameter(name);
  }
  return value;
}
