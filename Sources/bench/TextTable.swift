/// Rows of text under columns of one width each.
enum TextTable {
    /// - Parameter names: how many columns hold names, which stand left; numbers stand right.
    static func text(_ columns: [String], _ rows: [[String]], names: Int) -> String {
        let cells = [columns] + rows
        let widths = columns.indices.map { column in cells.map { $0[column].count }.max() ?? 0 }
        return cells.map { row in
            row.enumerated().map { index, cell in
                let padding = String(repeating: " ", count: widths[index] - cell.count)
                return index < names ? cell + padding : padding + cell
            }.joined(separator: "  ")
        }.joined(separator: "\n")
    }
}
