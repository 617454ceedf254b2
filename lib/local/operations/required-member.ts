/** Members that the model says are required; the SDK types them as present but possibly undefined. */
export type RequiredMember<Input> = {
  [Member in keyof Input]-?: object extends Pick<Input, Member> ? never : Member;
}[keyof Input];
