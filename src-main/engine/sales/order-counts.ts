/**
 * Counts distinct orders, and distinct orders of each customer, in one pass. An invoice nearly always belongs to one
 * customer, whom it remembers; only further customers of the same invoice need a set. Invoice 0 (none known) makes
 * every line an order of its own.
 */
export class OrderCounts {
  /** Distinct invoices. */
  orders = 0;
  /** [customers] distinct invoices of each. */
  readonly ofCustomer: Int32Array;
  private readonly owner: Uint32Array;
  private readonly shared = new Set<number>();

  constructor(customers: number, invoices: number) {
    this.ofCustomer = new Int32Array(customers);
    this.owner = new Uint32Array(invoices);
  }

  /** @param saleLines lines of this customer on this invoice, 1 or more */
  add(customer: number, invoice: number, saleLines: number): void {
    const owner = this.owner[invoice];
    if (owner === customer + 1) return;
    if (owner === 0) {
      const orders = invoice === 0 ? saleLines : 1;
      this.orders += orders;
      this.ofCustomer[customer] += orders;
      if (invoice !== 0) this.owner[invoice] = customer + 1;
      return;
    }
    const pair = invoice * this.ofCustomer.length + customer;
    if (this.shared.has(pair)) return;
    this.shared.add(pair);
    this.ofCustomer[customer]++;
  }
}
