/** Recognises entries of a price list that are no goods: postage, fees, adjustments, tests, gift cards. */
import type { ProductEntry } from './line-columns.ts';

/** Codes that mean one thing wherever they are met. */
const plainCodes =
  /^(POST|POSTAGE|DOT|BANK CHARGES|AMAZON ?FEE|CRUK|PADS|SP1002|ADJUST\d*|TEST\d*|SHIPPING|DELIVERY|FREIGHT|GIFT_\d+_\d+|GIFT ?(CARD|VOUCHER|CERTIFICATE)S?)$/i;

/** Short codes that could also be a size or a model: they need a description that says so. */
const doubtfulCodes = /^(M|D|S|B|C\d)$/i;
const doubtfulDescription = /^(manual|discount|samples?|carriage|adjust(ment)?\b.*|.*\bbad debt)$/i;

/** Whole descriptions; a word inside a longer one ("carriage clock", "gift card holder") is goods. */
const plainDescription = new RegExp(
  `^(${[
    '((dotcom|royal mail|express|standard|free|international|domestic) )?(postage|shipping|delivery|freight|carriage|handling)( (and|&) (postage|packing|handling))?( (costs?|fees?|charges?))?',
    'p ?& ?p',
    'porto|versand(kosten)?|frais de port|livraison|gastos de env[ií]o|spese di spedizione|verzendkosten',
    '(amazon|ebay|paypal|bank|card|transaction|service|booking|payment)( (transaction|processing))? (fees?|charges?)',
    '(cruk )?commission|fees?|(bank )?charges',
    '((order|customer|staff|loyalty|promotional) )?discounts?|rabatt|remise|coupons?',
    '([a-z]+ )?gift ?(cards?|vouchers?|certificates?)( \\D{0,2}\\d+([.,]\\d+)?)?|gutschein|gutscheine',
    'adjust(ment)?( (by|on|for)\\b.*)?|adjust bad debt|rounding|round-?off',
    'this is a test product\\.?|test( product| item| order)?',
  ].join('|')})$`,
  'i',
);

/**
 * Which entries are no goods.
 * @param products the dictionary; entry 0 (missing) never is
 * @returns [products] 1 where the entry is no goods
 */
export function nonProducts(products: ProductEntry[]): Uint8Array {
  const doubtfulConfirmed = new Set<string>();
  for (const { code, description } of products) {
    if (doubtfulCodes.test(code) && doubtfulDescription.test(description.trim()))
      doubtfulConfirmed.add(code.toUpperCase());
  }
  return Uint8Array.from(products, ({ code, description }, id) => {
    if (id === 0) return 0;
    const plain = plainCodes.test(code.trim()) || plainDescription.test(description.trim());
    return plain || doubtfulConfirmed.has(code.toUpperCase()) ? 1 : 0;
  });
}
