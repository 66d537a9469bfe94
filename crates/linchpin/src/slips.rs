//! What may have been meant by a name that is none: slips of the hand.

/// Slips of the hand between two ids: letters too many, missing, wrong or swapped with the next one (Damerau 1964);
/// capitals do not count.
pub fn slips(a: &str, b: &str) -> usize {
    // As much as tells ids apart; what is typed may be of any length.
    let letters = |s: &str| s.chars().take(64).map(|c| c.to_ascii_lowercase()).collect::<Vec<char>>();
    let (a, b) = (letters(a), letters(b));
    let mut rows: Vec<Vec<usize>> = vec![(0..=b.len()).collect()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let same = usize::from(a[i - 1] != b[j - 1]);
            let mut least = (row[j - 1] + 1).min(rows[i - 1][j] + 1).min(rows[i - 1][j - 1] + same);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(rows[i - 2][j - 2] + 1);
            }
            row.push(least);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

/// Names by how many slips they are from what was typed, the likeliest first.
pub fn nearest<'k>(typed: &str, names: impl Iterator<Item = &'k str>) -> Vec<&'k str> {
    let mut names: Vec<(usize, &str)> = names.map(|name| (slips(typed, name), name)).collect();
    names.sort_unstable();
    names.into_iter().map(|(_, name)| name).collect()
}
