import { parseArgs, type ParseArgsConfig } from 'node:util';

import type { CommandOptions, OptionValues } from './command.js';
import { UsageError } from './usage-error.js';

type ParsedOptions = NonNullable<ParseArgsConfig['options']>;

/**
 * Reads the options of a command from its arguments. Defaults are filled in.
 *
 * @throws UsageError for an unknown option, a missing value or an argument that is no option.
 */
export function parseOptions(name: string, args: readonly string[], options: CommandOptions): OptionValues {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { ...parsed(options), help: { type: 'boolean', short: 'h' } },
    });
    return Object.fromEntries(
      Object.entries(values).map(([option, value]) => [option, Array.isArray(value) ? value.join(',') : value]),
    );
  } catch (error) {
    // Node's advice about positional arguments does not apply here.
    const [sentence = ''] = (error as Error).message.split(/\.\s|\n/);
    throw new UsageError(`${sentence.replace(/\.$/, '')}. Try "mandate ${name} --help".`);
  }
}

function parsed(options: CommandOptions): ParsedOptions {
  return Object.fromEntries(
    Object.entries(options).map(([name, { value, short, repeatable, default: preset }]) => [
      name,
      {
        type: value === undefined ? ('boolean' as const) : ('string' as const),
        ...(short !== undefined && { short }),
        ...(repeatable === true && { multiple: true }),
        ...(preset !== undefined && { default: preset }),
      },
    ]),
  );
}
