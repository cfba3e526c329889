import { describe, expect, it } from 'vitest';
import { mappingOf, previewOf, readTable, revenueOf } from '../fixtures/read-table.ts';

/** Header and one or two rows of exports as their programs write them. */
const exports: [name: string, text: string, mapping: Record<string, string>, revenue: number][] = [
  [
    'German till',
    'Datum;Belegnr.;Artikel;Bezeichnung;Menge;Einzelpreis;Betrag;Kundennr\n01.02.2024;R1;0012;Tasse;2;1.234,56;2.469,12;K1\n13.02.2024;R2;0013;Löffel;1;3,50;3,50;\n',
    {
      date: 'Datum',
      invoice: 'Belegnr.',
      product: 'Artikel',
      description: 'Bezeichnung',
      quantity: 'Menge',
      price: 'Einzelpreis',
      amount: 'Betrag',
      customer: 'Kundennr',
    },
    2472.62,
  ],
  [
    'French till',
    'Date;Heure;N° ticket;Désignation;Quantité;Prix unitaire;Montant TTC\n02/01/2021;08:38;15;PAIN;1;0,90 €;0,90 €\n13/01/2021;09:14;16;PAIN;3;1,20 €;3,60 €\n',
    {
      date: 'Date',
      time: 'Heure',
      invoice: 'N° ticket',
      description: 'Désignation',
      quantity: 'Quantité',
      price: 'Prix unitaire',
      amount: 'Montant TTC',
    },
    4.5,
  ],
  [
    'Spanish',
    'Fecha;Factura;Cliente;Código;Descripción;Cantidad;Precio unitario;Importe\n13/02/2024;F1;C1;A1;Café;2;1,50;3,00\n',
    {
      date: 'Fecha',
      invoice: 'Factura',
      customer: 'Cliente',
      product: 'Código',
      description: 'Descripción',
      quantity: 'Cantidad',
      price: 'Precio unitario',
      amount: 'Importe',
    },
    3,
  ],
  [
    'Italian',
    'Data;Numero scontrino;Codice cliente;Articolo;Quantità;Prezzo;Importo\n13/02/2024;1;C1;Pane;2;1,50;3,00\n',
    {
      date: 'Data',
      invoice: 'Numero scontrino',
      customer: 'Codice cliente',
      product: 'Articolo',
      quantity: 'Quantità',
      price: 'Prezzo',
      amount: 'Importo',
    },
    3,
  ],
  [
    'Portuguese',
    'Data da Venda;Nota Fiscal;Cliente;Produto;Quantidade;Preço Unitário;Valor Total\n13/02/2024;1;C1;Pão;2;R$ 1,50;R$ 3,00\n',
    {
      date: 'Data da Venda',
      invoice: 'Nota Fiscal',
      customer: 'Cliente',
      product: 'Produto',
      quantity: 'Quantidade',
      price: 'Preço Unitário',
      amount: 'Valor Total',
    },
    3,
  ],
  [
    'Dutch',
    'Datum;Factuurnummer;Klantnummer;Omschrijving;Aantal;Prijs;Bedrag\n13-02-2024;1;C1;Brood;2;1,50;3,00\n',
    {
      date: 'Datum',
      invoice: 'Factuurnummer',
      customer: 'Klantnummer',
      description: 'Omschrijving',
      quantity: 'Aantal',
      price: 'Prijs',
      amount: 'Bedrag',
    },
    3,
  ],
  [
    'Square',
    'Date,Time,Time Zone,Category,Item,Qty,SKU,Gross Sales,Discounts,Net Sales,Tax,Transaction ID,Event Type,Customer ID,Customer Name\n01/15/24,14:05:11,Eastern,Coffee,Latte,2,,$9.00,($1.00),$8.00,$0.64,abc,Payment,C1,Ann\n01/16/24,09:09:11,Eastern,Coffee,Mocha,-1,,($5.25),$0.00,($5.25),($0.42),abe,Refund,,\n',
    {
      date: 'Date',
      time: 'Time',
      category: 'Category',
      product: 'Item',
      quantity: 'Qty',
      amount: 'Net Sales',
      invoice: 'Transaction ID',
      customer: 'Customer ID',
    },
    2.75,
  ],
  [
    'Etsy',
    'Sale Date,Item Name,Buyer,Quantity,Price,Discount Amount,Order Shipping,Order Sales Tax,Item Total,Currency,Transaction ID,Date Paid,Ship Name,Ship Zipcode,Ship Country,Order ID,SKU\n12/31/23,"Ring, silver",ann,1,25.00,0,3,0,25.00,USD,111,12/31/23,Ann,10001,United States,900,RG-7\n12/30/23,Mug,bo,2,15.00,0,3,0,30.00,USD,112,12/30/23,Bo,10001,United States,901,\n',
    {
      date: 'Sale Date',
      description: 'Item Name',
      customer: 'Buyer',
      quantity: 'Quantity',
      price: 'Price',
      amount: 'Item Total',
      country: 'Ship Country',
      invoice: 'Order ID',
      product: 'SKU',
    },
    55,
  ],
  [
    'Shopify',
    'Name,Email,Financial Status,Paid at,Currency,Subtotal,Shipping,Taxes,Total,Discount Amount,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem compare at price,Lineitem sku,Billing Name,Shipping Country,Cancelled at,Id\n#1002,a@b.c,paid,2024-01-15 10:22:33 -0500,USD,30.00,5.00,2.00,37.00,0.00,2024-01-15 10:22:30 -0500,2,Mug,10.00,,MUG-1,Ann,US,,5512345\n#1002,a@b.c,,,,,,,,,2024-01-15 10:22:30 -0500,1,Spoon,10.00,,SP-1,,,,\n',
    {
      invoice: 'Name',
      customer: 'Email',
      date: 'Created at',
      quantity: 'Lineitem quantity',
      description: 'Lineitem name',
      price: 'Lineitem price',
      product: 'Lineitem sku',
      country: 'Shipping Country',
    },
    30,
  ],
  [
    'WooCommerce, whose order total stands on every line',
    'Order Number,Order Date,Email (Billing),Order Total Amount,SKU,Item Name,Quantity (- Refund),Item Cost\n123,2024-03-05 10:11,ann@x.y,34.9,SK1,Mug,2,10\n123,2024-03-05 10:11,ann@x.y,34.9,SK2,Spoon,1,10\n124,2024-03-06 10:11,cy@x.y,14.9,SK2,Spoon,1,10\n',
    {
      invoice: 'Order Number',
      date: 'Order Date',
      customer: 'Email (Billing)',
      product: 'SKU',
      description: 'Item Name',
      quantity: 'Quantity (- Refund)',
      price: 'Item Cost',
    },
    40,
  ],
  [
    'headers written as one word, the stated sum beside a capped price',
    'ORDERNUMBER,QUANTITYORDERED,PRICEEACH,SALES,ORDERDATE,PRODUCTLINE,PRODUCTCODE,CUSTOMERNAME,PHONE\n10107,30,95.7,2871,2/24/2003 0:00,Motorcycles,S10_1678,Land of Toys,2125557818\n10121,34,100,3884.34,5/27/2003 0:00,Motorcycles,S10_1678,Reims Collectables,26.47.1555\n',
    {
      invoice: 'ORDERNUMBER',
      quantity: 'QUANTITYORDERED',
      price: 'PRICEEACH',
      amount: 'SALES',
      date: 'ORDERDATE',
      category: 'PRODUCTLINE',
      product: 'PRODUCTCODE',
      customer: 'CUSTOMERNAME',
    },
    6755.34,
  ],
  [
    'gross before net: the net is the sale',
    "Beleg-Nr.|Datum|Artikel|Anzahl|EP|Brutto|Netto\nB1|13.02.24|Tasse|1'000|2.00|CHF 2'154.00|CHF 2'000.00\nB2|14.02.24|Tasse|2|2.00|CHF 4.31|CHF 4.00\n",
    {
      invoice: 'Beleg-Nr.',
      date: 'Datum',
      product: 'Artikel',
      quantity: 'Anzahl',
      price: 'EP',
      amount: 'Netto',
    },
    2004,
  ],
  [
    'sums with a remark on tax',
    'Bonnummer;Besteldatum;Artikelnummer;Omschrijving;Aantal;Bedrag incl. btw;Bedrag excl. btw\n1;13-2-2024;A1;Mok;2;12,10;10,00\n',
    {
      invoice: 'Bonnummer',
      date: 'Besteldatum',
      product: 'Artikelnummer',
      description: 'Omschrijving',
      quantity: 'Aantal',
      amount: 'Bedrag excl. btw',
    },
    10,
  ],
  [
    'one sum, tax included',
    'Receipt No,Date,Item,Qty,Total (inc. VAT)\n1,13/02/2024,Mug,2,12.00\n',
    { invoice: 'Receipt No', date: 'Date', product: 'Item', quantity: 'Qty', amount: 'Total (inc. VAT)' },
    12,
  ],
  [
    'a payment service, whose net is what it paid out',
    'Date,Time,Name,Currency,Gross,Fee,Net,Transaction ID,Item Title,Item ID,Quantity\n13/02/2024,08:00:00,Ann,GBP,12.00,-1.00,11.00,T1,Mug,A1,2\n',
    {
      date: 'Date',
      time: 'Time',
      amount: 'Gross',
      invoice: 'Transaction ID',
      description: 'Item Title',
      product: 'Item ID',
      quantity: 'Quantity',
    },
    12,
  ],
  [
    'Amazon, whose total is what is left after fees',
    'date/time,type,order id,sku,description,quantity,product sales,selling fees,total\n"Jan 3, 2023 9:05:00 AM PST",Order,111-1,A1,Mug,2,20.00,-3.00,17.00\n"Jan 4, 2023 9:05:00 AM PST",Transfer,,,To account,,0,0,-500.00\n',
    {
      date: 'date/time',
      invoice: 'order id',
      product: 'sku',
      description: 'description',
      quantity: 'quantity',
      amount: 'product sales',
    },
    20,
  ],
  [
    'a wholesaler, a net price with a quantity and no other price',
    'Doc No,Posting Date,Item No.,Description,Quantity,Net Price\nS1,13/02/2024,A1,Mug,3,2.50\n',
    {
      invoice: 'Doc No',
      date: 'Posting Date',
      product: 'Item No.',
      description: 'Description',
      quantity: 'Quantity',
      price: 'Net Price',
    },
    7.5,
  ],
  [
    'Etsy, whose coupon code is no product code',
    'Sale Date,Item Name,Buyer,Quantity,Price,Coupon Code,Item Total,Listing ID,Order ID\n02/13/24,Mug,ann,2,10,SAVE10,20,900,1\n02/14/24,Spoon,cy,1,5,,5,901,2\n',
    {
      date: 'Sale Date',
      description: 'Item Name',
      customer: 'Buyer',
      quantity: 'Quantity',
      price: 'Price',
      amount: 'Item Total',
      product: 'Listing ID',
      invoice: 'Order ID',
    },
    25,
  ],
  [
    'a code and a bare "Item", which is its name; the location code is nothing of both',
    'Order #,Sold At,Location Code,SKU,Item,Qty,Unit Price\n1,2/13/2024 1:05:00 PM,BLUE,A1,Mug,2,$10.00\n',
    {
      invoice: 'Order #',
      date: 'Sold At',
      product: 'SKU',
      description: 'Item',
      quantity: 'Qty',
      price: 'Unit Price',
    },
    20,
  ],
  [
    'a name of the house for its goods',
    'pizza_id,order_id,store_name,pizza_name_id,quantity,order_date,unit_price,pizza_category,pizza_name\n1,1,Soho,haw_m,2,13-02-2015,12.5,Classic,The Hawaiian Pizza\n2,1,Soho,big_l,1,13-02-2015,20,Classic,The Big Meat Pizza\n',
    {
      invoice: 'order_id',
      quantity: 'quantity',
      date: 'order_date',
      price: 'unit_price',
      category: 'pizza_category',
      description: 'pizza_name',
    },
    45,
  ],
  [
    'a maker, whose customers are retailers',
    'Retailer,Retailer ID,Invoice Date,Product,Price per Unit,Units Sold,Total Sales\nFoot Locker,1185732,2/24/2021,Shoe,$50.00 ,"1,200","$600,000 "\n',
    {
      customer: 'Retailer ID',
      date: 'Invoice Date',
      product: 'Product',
      price: 'Price per Unit',
      quantity: 'Units Sold',
      amount: 'Total Sales',
    },
    600_000,
  ],
];

describe('columns by header', () => {
  it.each(exports)('%s', async (_name, text, mapping, revenue) => {
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
    expect(parsed.numericColumns.map(({ id }) => id)).toEqual(['age', 'income', 'spendingScore', 'creditLimit']);
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
    expect([...parsed.days]).toEqual([Date.UTC(2024, 0, 1) / 864e5, Date.UTC(2024, 1, 1) / 864e5]);
    expect([...parsed.amounts]).toEqual([12_005_000, 13_000_000]);
    expect(notes.map(({ code }) => code)).toEqual(['months-as-first-day']);
  });

  it('refuses months side by side in words', async () => {
    await expect(
      previewOf('Product,Jan 2024,Feb 2024,Mar 2024,Apr 2024,May 2024,Jun 2024\nA,1,2,3,4,5,6\n'),
    ).rejects.toMatchObject({ code: 'file-not-understood', message: expect.stringContaining('side by side') });
  });
});
