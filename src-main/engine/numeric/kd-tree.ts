/** Points of a leaf; small enough to be scanned, large enough to keep the tree flat. */
const leafSize = 16;

/** Search for near points in few dimensions (Euclidean). */
export interface KdTree {
  /**
   * Distance from a row of the tree's own points to its count-th nearest point, itself counted as the first.
   * @param count 1 … n
   */
  distanceToNth(row: number, count: number): number;
  /** Rows at most `radius` away from `point`, in no particular order: filled into `out`, answers how many. */
  within(point: Float64Array, radius: number, out: Int32Array): number;
  /** The nearest row at most `radius` away from `point`, ties to the lower row; −1 where there is none. */
  nearest(point: Float64Array, radius: number): number;
}

/** The tree as arrays: node i has the children 2i + 1 and 2i + 2; the points stand in the order of the leaves. */
interface Nodes {
  p: number;
  /** [n] row of each place. */
  rows: Int32Array;
  /** [n·p] */
  values: Float64Array;
  /** [nodes + 1] first place and end of each node. */
  from: Int32Array;
  to: Int32Array;
  /** [nodes·p] the box of its points. */
  low: Float64Array;
  high: Float64Array;
  /** Nodes from here on are leaves. */
  firstLeaf: number;
}

/** Puts the places from … to − 1 so that the middle one splits them by column j (Hoare's selection). */
function partition(rows: Int32Array, values: Float64Array, p: number, j: number, from: number, to: number): number {
  const middle = (from + to) >> 1;
  let [left, right] = [from, to - 1];
  while (left < right) {
    const pivot = values[rows[(left + right) >> 1] * p + j];
    let [a, b] = [left, right];
    while (a <= b) {
      while (values[rows[a] * p + j] < pivot) a++;
      while (values[rows[b] * p + j] > pivot) b--;
      if (a > b) break;
      [rows[a], rows[b]] = [rows[b], rows[a]];
      a++;
      b--;
    }
    if (middle <= b) right = b;
    else if (middle >= a) left = a;
    else break;
  }
  return middle;
}

/** The box of the node's points, and the column in which it is widest. */
function measureBox({ from, high, low, p, rows, to }: Nodes, values: Float64Array, node: number): number {
  let widest = 0;
  for (let j = 0; j < p; j++) {
    let [least, most] = [Infinity, -Infinity];
    for (let at = from[node]; at < to[node]; at++) {
      const value = values[rows[at] * p + j];
      if (value < least) least = value;
      if (value > most) most = value;
    }
    low[node * p + j] = least;
    high[node * p + j] = most;
    if (most - least > high[node * p + widest] - low[node * p + widest]) widest = j;
  }
  return widest;
}

function build(n: number, p: number, values: Float64Array): Nodes {
  let leaves = 1;
  while (leaves * leafSize < n) leaves *= 2;
  const count = 2 * leaves - 1;
  const rows = Int32Array.from({ length: n }, (_, i) => i);
  const from = new Int32Array(count);
  const to = new Int32Array(count);
  const box = () => new Float64Array(count * p);
  const nodes: Nodes = {
    p,
    rows,
    values: new Float64Array(n * p),
    from,
    to,
    low: box(),
    high: box(),
    firstLeaf: leaves - 1,
  };
  to[0] = n;
  for (let node = 0; node < count; node++) {
    const widest = measureBox(nodes, values, node);
    if (node >= nodes.firstLeaf) continue;
    const middle = partition(rows, values, p, widest, from[node], to[node]);
    from[2 * node + 1] = from[node];
    to[2 * node + 1] = middle;
    from[2 * node + 2] = middle;
    to[2 * node + 2] = to[node];
  }
  rows.forEach((row, place) => {
    nodes.values.set(values.subarray(row * p, row * p + p), place * p);
  });
  return nodes;
}

/** Squared distance of a point to the box of a node: 0 inside it. */
function boxDistance({ high, low, p }: Nodes, node: number, point: Float64Array): number {
  let sum = 0;
  for (let j = 0, at = node * p; j < p; j++, at++) {
    const x = point[j];
    const gap = x < low[at] ? low[at] - x : x > high[at] ? x - high[at] : 0;
    sum += gap * gap;
  }
  return sum;
}

function pointDistance({ p, values }: Nodes, place: number, point: Float64Array): number {
  let sum = 0;
  for (let j = 0, at = place * p; j < p; j++, at++) {
    const difference = point[j] - values[at];
    sum += difference * difference;
  }
  return sum;
}

/**
 * Calls `visit` for the points near `point`, nearer halves first.
 * @param limit squared radius that still counts; `visit` answers the new one
 */
function walk(
  nodes: Nodes,
  point: Float64Array,
  limit: number,
  visit: (place: number, square: number, limit: number) => number,
): void {
  let reach = limit;
  const stack: number[] = [0];
  while (stack.length > 0) {
    const node = stack.pop()!;
    if (boxDistance(nodes, node, point) > reach) continue;
    if (node >= nodes.firstLeaf) {
      for (let place = nodes.from[node]; place < nodes.to[node]; place++) {
        const square = pointDistance(nodes, place, point);
        if (square <= reach) reach = visit(place, square, reach);
      }
      continue;
    }
    const [left, right] = [2 * node + 1, 2 * node + 2];
    if (boxDistance(nodes, left, point) <= boxDistance(nodes, right, point)) stack.push(right, left);
    else stack.push(left, right);
  }
}

/**
 * A k-d tree over n points.
 * @param values [n·p] row-major, n ≥ 1
 * @returns searches of O(log n) for few dimensions, O(n) at worst; O(n log n) to build
 * Reference: Friedman, Bentley & Finkel 1977, ACM Trans. Math. Softw. 3(3).
 */
export function kdTree(n: number, p: number, values: Float64Array): KdTree {
  const nodes = build(n, p, values);
  const { rows } = nodes;
  return {
    distanceToNth(row, count) {
      // The count smallest squares so far, ascending.
      const best = new Float64Array(count).fill(Infinity);
      walk(nodes, values.subarray(row * p, row * p + p), Infinity, (_place, square) => {
        if (square >= best[count - 1]) return best[count - 1];
        let at = count - 1;
        for (; at > 0 && best[at - 1] > square; at--) best[at] = best[at - 1];
        best[at] = square;
        return best[count - 1];
      });
      return Math.sqrt(best[count - 1]);
    },
    within(point, radius, out) {
      let found = 0;
      walk(nodes, point, radius * radius, (place, _square, limit) => {
        out[found++] = rows[place];
        return limit;
      });
      return found;
    },
    nearest(point, radius) {
      let best = -1;
      let least = Infinity;
      walk(nodes, point, radius * radius, (place, square) => {
        if (square < least || rows[place] < best) best = rows[place];
        least = square;
        return square;
      });
      return best;
    },
  };
}
