import type { AttemptState } from '../../model/challenge-session.js';

/** Notes a challenge that was not custom but passed within CUSTOM_AUTH, for DefineAuthChallenge to see. */
export function noteCustomResult(state: AttemptState, challengeName: string): void {
  if (state.custom !== undefined) {
    state.custom.results.push({ challengeName, challengeResult: true });
  }
}
