import { type CanActivate, Injectable } from '@nestjs/common';

/** Holds calls up until as many as are expected have come. */
class Rendezvous {
  #missing = 0;
  #open: Promise<void> = Promise.resolve();
  #release: () => void = () => undefined;

  /** From now on nobody passes before so many have arrived. */
  expect(parties: number): void {
    this.#missing = parties;
    this.#open = new Promise((resolve) => (this.#release = resolve));
  }

  async arrive(): Promise<void> {
    if (--this.#missing === 0) {
      this.#release();
    }
    await this.#open;
  }
}

export const rendezvous = new Rendezvous();

/**
 * Stands behind CognitoAuthGuard. Nest reads the parameters of a handler after the last guard, so that each handler is
 * told who calls when the guard has let all the others in.
 */
@Injectable()
export class RendezvousGuard implements CanActivate {
  async canActivate(): Promise<boolean> {
    await rendezvous.arrive();
    return true;
  }
}
