import { describe, expect, it } from 'vitest';
import { salesHeaders } from '../fixtures/sales-headers.ts';
import { mappingOf, previewOf, readTable, revenueOf } from '../fixtures/read-table.ts';

describe('columns by header', () => {
  it.each(salesHeaders)('%s', async (_name, text, mapping, revenue) => {
    const { preview, parsed } = await readTable(text);
    expect(preview.kind).toBe('sales');
    expect(mappingOf(preview)).toEqual(mapping);
    expect(revenueOf(parsed)).toBeCloseTo(revenue, 9);
    const used = Object.values(mappingOf(preview));
    expect(new Set(used).size).toBe(used.length);
  });
});

describe('columns by content', () => {
  it('finds date, quantity and price without a header', async () => {
    const { preview, parsed } = await readTable(
      '536365,85123A,WHITE HANGING HEART,6,12/1/2010 8:26,2.55,17850,United Kingdom\n536366,22633,HAND WARMER,6,12/1/2010 8:28,1.85,17850,United Kingdom\n536367,22633,HAND WARMER,2,12/13/2010 8:28,1.85,13047,France\n',
    );
    expect(preview.headerRow).toBe(-1);
    expect(mappingOf(preview)).toMatchObject({ quantity: 'Column 4', date: 'Column 5', price: 'Column 6' });
    // 6 × 2.55 + 6 × 1.85 + 2 × 1.85
    expect(revenueOf(parsed)).toBeCloseTo(30.1, 9);
  });

  it('finds a date column with an unknown header and says so', async () => {
    const preview = await previewOf('Wann;Was;Betrag\n05.01.2024;A;1,50\n16.01.2024;B;2,50\n');
    expect(mappingOf(preview)).toEqual({ date: 'Wann', amount: 'Betrag' });
    expect(preview.notes.map(({ code }) => code)).toContain('column-guessed');
  });

  it('names what is missing', async () => {
    expect((await previewOf('Date,Item,Quantity\n2024-01-05,A,2\n')).missing).toEqual(['price']);
    expect((await previewOf('Item,Name\nA,b\n')).missing).toContain('date');
  });

  it("takes the user's columns and frees them from other fields", async () => {
    const text = 'Date,Net Sales,Gross Sales\n2024-01-05 10:00,8,9\n2024-01-05 11:00,8,9\n';
    const { preview, parsed } = await readTable(text, { mapping: { amount: 'Gross Sales' }, kind: 'sales' });
    expect(mappingOf(preview)).toEqual({ date: 'Date', amount: 'Gross Sales' });
    expect(revenueOf(parsed)).toBe(18);
    await expect(readTable(text, { mapping: { amount: 'Nothing' } })).rejects.toMatchObject({ code: 'invalid-input' });
  });
});

describe('kinds of table', () => {
  it('knows customers, with further numbers as features', async () => {
    const { preview, parsed } = await readTable(
      'CustomerID,Genre,Age,Annual Income (k$),Spending Score (1-100),Credit limit\n1,Male,19,15,39,100\n2,Female,21,15,81,\n,Male,3,3,3,3\n',
    );
    expect(preview.kind).toBe('customers');
    expect(mappingOf(preview)).toEqual({
      customer: 'CustomerID',
      gender: 'Genre',
      age: 'Age',
      income: 'Annual Income (k$)',
      spendingScore: 'Spending Score (1-100)',
    });
    if (parsed.kind !== 'customers') throw new Error('kind');
    expect(parsed.rows[1]).toEqual({
      customer: '2',
      attributes: { gender: 'Female', age: 21, income: 15, spendingScore: 81, creditLimit: null },
    });
    expect(parsed.details.numericColumns?.map(({ id }) => id)).toEqual([
      'age',
      'income',
      'spendingScore',
      'creditLimit',
    ]);
    expect(parsed.setAside.map(({ reason }) => reason)).toEqual(['customer-missing']);
  });

  it('a sales file with age and gender stays a sales file', async () => {
    const preview = await previewOf(
      'Transaction ID,Date,Customer ID,Gender,Age,Product Category,Quantity,Price per Unit,Total Amount\n1,2023-11-24,CUST001,Male,34,Beauty,3,50,150\n2,2023-02-27,CUST002,Female,26,Clothing,2,500,1000\n',
    );
    expect(preview.kind).toBe('sales');
  });

  it('knows a series; months stand on their first day', async () => {
    const { parsed, notes } = await readTable('Month,Sales\nJan 2024,1200.50\nFeb 2024,1300\n');
    if (parsed.kind !== 'series') throw new Error('kind');
    expect(parsed.rows).toEqual([
      { day: Date.UTC(2024, 0, 1) / 864e5, amount: 12_005_000 },
      { day: Date.UTC(2024, 1, 1) / 864e5, amount: 13_000_000 },
    ]);
    expect(notes.map(({ code }) => code)).toEqual(['months-as-first-day']);
  });

  it('refuses months side by side in words', async () => {
    await expect(
      previewOf('Product,Jan 2024,Feb 2024,Mar 2024,Apr 2024,May 2024,Jun 2024\nA,1,2,3,4,5,6\n'),
    ).rejects.toMatchObject({ code: 'file-not-understood', message: expect.stringContaining('side by side') });
  });
});
