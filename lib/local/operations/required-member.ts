/** Required members of the API model. The SDK types them as present but possibly undefined. */
export type RequiredMember<Input> = {
  [Member in keyof Input]-?: object extends Pick<Input, Member> ? never : Member;
}[keyof Input];
