import type { Command, CommandOption } from './command.js';
import { COMMANDS } from './commands.js';

/** Characters of a line of a terminal. */
const WIDTH = 110;

/** The output of `mandate --help`. */
export function generalHelp(): string {
  return [
    'Usage: mandate <command> [options]',
    '',
    'Commands:',
    ...rows(Object.entries(COMMANDS).map(([name, { summary }]) => [name, summary])),
    '',
    'Options:',
    ...rows([
      ['-h, --help', 'Print this help; after a command, the help of that command.'],
      ['--version', 'Print the version of mandate.'],
    ]),
    '',
    'Exit codes: 0 done, 1 a fault that is reported, 2 a wrong command line.',
  ].join('\n');
}

/** The output of `mandate <command> --help`. */
export function commandHelp(name: string, { description, options, notes }: Command): string {
  return [
    `Usage: mandate ${name} [options]`,
    '',
    ...wrap(description, WIDTH),
    '',
    'Options:',
    ...rows([
      ...Object.entries(options).map(([option, rule]): [string, string] => [title(option, rule), explain(rule)]),
      ['-h, --help', 'Print this help.'],
    ]),
    ...(notes === undefined ? [] : ['', ...notes.split('\n').flatMap((line) => wrap(line, WIDTH))]),
  ].join('\n');
}

/** An option as it is typed, such as `--port <number>`. */
export function title(name: string, { short, value }: CommandOption): string {
  return `${short === undefined ? '' : `-${short}, `}--${name}${value === undefined ? '' : ` <${value}>`}`;
}

/** What an option does, and its default. */
export function explain({ description, default: preset }: CommandOption): string {
  return preset === undefined ? description : `${description} Default: ${preset}.`;
}

function rows(pairs: readonly (readonly [string, string])[]): string[] {
  const left = Math.max(...pairs.map(([name]) => name.length)) + 4;
  return pairs.flatMap(([name, text]) =>
    wrap(text, WIDTH - left).map((line, index) => `${(index === 0 ? `  ${name}` : '').padEnd(left)}${line}`),
  );
}

function wrap(text: string, width: number): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const line = lines.at(-1) ?? '';
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(word);
    } else {
      lines[lines.length - 1] = line === '' ? word : `${line} ${word}`;
    }
  }
  return lines;
}
