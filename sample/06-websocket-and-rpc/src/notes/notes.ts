import { Injectable } from '@nestjs/common';
import type { AccessTokenClaims } from 'mandate';

export interface Note {
  readonly text: string;
  readonly author: string;
}

/** Everybody's own notes, in memory. It knows users, and no transport. */
@Injectable()
export class Notes {
  /** By `sub`: that is who somebody is, while a username may be given away again. */
  readonly #notes = new Map<string, readonly Note[]>();

  get count(): number {
    return [...this.#notes.values()].flat().length;
  }

  of({ sub }: AccessTokenClaims): readonly Note[] {
    return this.#notes.get(sub) ?? [];
  }

  add(author: AccessTokenClaims, text: string): Note {
    const note = { text, author: author.username };
    this.#notes.set(author.sub, [...this.of(author), note]);
    return note;
  }

  clear(): void {
    this.#notes.clear();
  }
}
