import { otherMeaning } from './header-words.ts';

/** Words that mean a field only when they are the whole header. */
const onlyWhole = new Set(
  'name title service goods count sold value rate total day week month hour ora order piece ref detail class family user member phone company market region concepto wert valor item id no nr number time zeit index score price sales sale volume linea grupo ca nb cant und nome nombre nom land period rubro setor code codigo codice material net gross retailer'.split(
    ' ',
  ),
);

/** The synonyms of one field, so that a header is looked up and not compared with each. */
interface SynonymIndex {
  count: number;
  /** Synonym, and synonym without its spaces → its place in the list. */
  whole: Map<string, number>;
  joined: Map<string, number>;
  /** Those that may stand among other words. */
  among: Set<string>;
  /** Words of the longest of them. */
  mostWords: number;
}

const indexes = new Map<string, SynonymIndex>();

function indexOf(synonyms: string): SynonymIndex {
  const known = indexes.get(synonyms);
  if (known) return known;
  const list = synonyms
    .split('|')
    .map((synonym) => synonym.trim())
    .filter((synonym) => synonym !== '');
  // The first of equal ones counts.
  const places = (key: (synonym: string) => string): Map<string, number> =>
    new Map(list.map((synonym, i): [string, number] => [key(synonym), i]).reverse());
  const among = list.filter((synonym) => synonym.length >= 4 && !onlyWhole.has(synonym));
  const index: SynonymIndex = {
    count: list.length,
    whole: places((synonym) => synonym),
    joined: places((synonym) => synonym.replaceAll(' ', '')),
    among: new Set(among),
    mostWords: Math.max(...among.map((synonym) => synonym.split(' ').length)),
  };
  indexes.set(synonyms, index);
  return index;
}

/** 0..100: how surely a folded header names the field of these synonyms; its words may be written as one ('quantityordered'). */
export function headerScore(header: string, synonyms: string): number {
  const { count, whole, joined, among, mostWords } = indexOf(synonyms);
  const place = whole.get(header) ?? (header.length >= 6 ? joined.get(header) : undefined);
  if (place !== undefined) return 100 - (30 * place) / count;
  const words = header.split(' ');
  if (words.length === 1 || otherMeaning.test(header)) return 0;
  let best = 0;
  // At the end a synonym says more than at the beginning, and there more than between other words.
  const look = (from: number, to: number, least: number): void => {
    const synonym = words.slice(from, to).join(' ');
    if (among.has(synonym)) best = Math.max(best, least + Math.min(synonym.length, 20));
  };
  const longest = Math.min(mostWords, words.length - 1);
  for (let length = 1; length <= longest; length++) {
    look(words.length - length, words.length, 40);
    look(0, length, 35);
    for (let from = 1; length > 1 && from + length < words.length; from++) look(from, from + length, 30);
  }
  return best;
}
