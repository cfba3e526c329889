/** What an import has to say; `reason` holds the sentence of each reason for setting a row aside. */
export const notesImport = {
  'date-order-assumed':
    'The dates in “{column}” fit two orders; they were read as {order}. If that is wrong, choose the other order.',
  'date-order-corrected': 'A later row of “{column}” showed the order {order}; the whole column was read that way.',
  'date-order-mixed':
    '“{column}” mixes two orders of day and month. It was read as {order}; {count} dates that cannot be read that way were set aside.',
  'decimal-mark-assumed': 'Numbers in “{column}” can be read with point or comma as decimal mark; “{mark}” was taken.',
  'decimal-mark-corrected':
    'Later rows of “{column}” showed “{mark}” as decimal mark; the whole column was read that way.',
  'decimal-mark-mixed':
    '“{column}” mixes decimal points and commas. “{mark}” was taken; {count} numbers written the other way were set aside.',
  'numbers-rounded': '{count} numbers in “{column}” have more than four decimals and were rounded to four.',
  'amount-preferred':
    '“{column}” differs from quantity × price (discounts, taxes or rounding); the stated amount is the revenue.',
  'amount-differs': 'On {count} lines “{column}” differs from quantity × price; quantity × price is the revenue.',
  'quantity-assumed': '{count} lines state an amount without a quantity; they count as one unit.',
  'return-signs':
    '{count} lines have a negative quantity and a positive amount in “{column}”; they were taken as returns.',
  'time-ignored': '{count} times in “{column}” could not be read; those lines keep their date without a time.',
  'customers-anonymous': 'These words in “{column}” name no customer and count as unknown: {words}.',
  'column-guessed': 'No header names the {field}; “{column}” was chosen by its contents. Please check.',
  'no-header': 'The file has no header row; its columns are numbered.',
  'sheets-left-out': 'Not imported, because the headers differ, nothing is in them, or they are hidden: {sheets}.',
  'dates-as-numbers': '“{column}” holds dates as spreadsheet day numbers; they were turned into dates.',
  'dates-as-unix': '“{column}” holds dates as seconds since 1970; they were read as UTC.',
  'encoding-corrected': 'Later rows showed that the text is written in {encoding}; the whole file was read that way.',
  'months-as-first-day': '“{column}” holds months; each stands on its first day.',
  'dates-summed': '{count} rows repeat a date; the amounts of one date are added up.',
  'order-total-repeated':
    '“{column}” repeats the total of an order on each of its lines, so it was not taken as the amount of a line.',
  'attributes-unreadable': '{count} cells of number columns hold no number and were left empty.',
  'backup-failed': 'Everything was imported, but no backup could be made before it: {reason} See Settings, Backups.',
  reason: {
    'blank-row': 'The row is empty.',
    'date-missing': 'The date is missing.',
    'date-invalid': 'The date cannot be read or does not exist.',
    'quantity-missing': 'The quantity is missing.',
    'quantity-invalid': 'The quantity is not a number.',
    'price-missing': 'The price is missing.',
    'price-invalid': 'The price is not a number.',
    'amount-missing': 'The amount is missing.',
    'amount-invalid': 'The amount is not a number.',
    'customer-missing': 'The customer is missing.',
    'too-many-cells': 'The row has more cells than the header.',
    'number-too-large': 'A number is too large to be kept exactly.',
    'name-missing': 'The event has no name.',
    'name-too-long': 'The name is longer than 200 letters.',
    'to-before-from': 'The last day is before the first.',
    'kind-unknown': 'The kind is not known. Write promotion, special or closed.',
    'every-year-unknown': 'Whether it happens every year is not known. Write yes or no.',
    'yearly-too-long': 'The event happens every year and is longer than a year.',
  },
};
