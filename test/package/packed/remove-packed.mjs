import { rm } from 'node:fs/promises';

/** After them. */
export default async function removePacked() {
  await rm(process.env.MANDATE_PACKED, { recursive: true, force: true });
}
