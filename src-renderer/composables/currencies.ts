const first = ['EUR', 'USD', 'GBP', 'CHF', 'INR', 'JPY', 'CAD', 'AUD'];

/** Every currency the machine knows, the frequent ones first, named in the given language. */
export function currencyItems(locale: string): { value: string; label: string }[] {
  const names = new Intl.DisplayNames([locale], { type: 'currency' });
  const codes = [...new Set([...first, ...Intl.supportedValuesOf('currency')])];
  return codes.map((value) => ({ value, label: `${value} – ${names.of(value) ?? value}` }));
}
