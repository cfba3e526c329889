/** What words a header is made of, whatever the table. */

/** Header words that name something else, although a field's word stands in them. */
export const otherMeaning =
  /\b(due|birth|dob|geburt\w*|naissance|nacimiento|nascita|nascimento|updated|modified|cancell?ed|refunded|fulfilled|expir\w*|signup|registered|registration|compare at|coupon|voucher(?! no)|promo\w*|discount|rabatt|remise|descuento|sconto|desconto|korting|tax|vat|mwst|ust|tva|iva|btw|steuer|shipping (?!country)|freight|postage|cost|costs|cogs|kosten|einkauf\w*|einstand\w*|cout|coste|costo|custo|kostprijs|profit|margin|marge|gewinn|tip|gratuity|fee|fees|commission|stock (?!code|description)|inventory|bestand|rating|payment method|payment type|zip|postal|plz|currency|wahrung|devise|moneda|valuta|percent\w*|pct|rate|mode|status|time zone|timezone|type of|customer type|customer segment|points|balance)\b/;

/** Lower case, no accents, camelCase and snake_case apart, signs away: 'Annual_Income (k$)' → 'annual income k'. */
export function foldHeader(text: string): string {
  return text
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .replace(/ß/g, 'ss')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

const tax = '(?:vat|tax(?:es)?|sales tax|gst|mwst|ust|tva|taxe|iva|btw)';
const taxIncluded = new RegExp(
  `\\b(?:(?:incl|including|inc|inkl|inklusive|with|mit|avec|con|com) ${tax}|${tax} (?:incl|included|compris\\w*|inclus\\w*|incluid\\w*))\\b`,
);
const taxLeftOut = new RegExp(
  `\\b(?:(?:excl|excluding|exc|ex|exkl|exklusive|before|without|ohne|zzgl|hors|sans|sin|senza|sem) ${tax}|${tax} (?:excl|excluded|exclu\\w*|esclus\\w*))\\b`,
);

/** What a folded header says beside its remark on tax: 'amount excl vat' → 'amount'; such a header does not name the tax. */
export function withoutTaxRemark(header: string): { words: string; includesTax: boolean } {
  const strip = (remark: RegExp): string => header.replace(remark, ' ').replace(/ +/g, ' ').trim();
  const included = strip(taxIncluded);
  if (included !== '' && included !== header) return { words: included, includesTax: true };
  return { words: strip(taxLeftOut) || header, includesTax: false };
}
