import { isOwned, type Owner, readOwner } from '../store/owner.ts';

/** Who works on a store at this moment; null: nobody. */
export function storeOwner(storePath: string): Owner | null {
  try {
    return isOwned(storePath) ? readOwner(storePath) : null;
  } catch {
    // A folder that cannot be written has no lock, and nobody who could own it.
    return null;
  }
}
