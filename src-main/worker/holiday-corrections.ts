/** Holidays that governments moved or added once and the package does not know. */
interface Correction {
  /** In the place of this day … */
  instead: string | null;
  /** … this one; both are known by the same name. */
  day: string;
  name: string;
}

/** By country (ISO 3166-1), for all its regions. Proclamations in the London Gazette, as on gov.uk/bank-holidays. */
export const holidayCorrections: Record<string, Correction[]> = {
  GB: [
    { instead: null, day: '2002-06-03', name: 'Queen’s Golden Jubilee' },
    { instead: '2002-05-27', day: '2002-06-04', name: 'Spring bank holiday' },
    { instead: null, day: '2011-04-29', name: 'Royal wedding' },
    { instead: '2012-05-28', day: '2012-06-04', name: 'Spring bank holiday' },
  ],
};
