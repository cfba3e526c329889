export { type CsvColumn, type CsvOptions, writeCsv } from '../../src-shared/write-csv.ts';
