/** Integer number of 1/10 000 of the currency unit. */
export type Money = number;
/** Calendar day, 'YYYY-MM-DD'. */
export type Day = string;
/** A share, 0..1. */
export type Share = number;

/** A sentence kept as data: the message key under `notes.` in the catalogue and its parameters. Money parameters are
 *  named `…Money`, shares `…Share`, days `…Day`; the catalogue's formatter writes them for the business's locale. */
export interface Note {
  code: string;
  params: Record<string, string | number | null>;
  level: 'info' | 'warning';
}
