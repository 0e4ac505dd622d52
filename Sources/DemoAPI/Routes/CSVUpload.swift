import JSON

/// The file of an import request.
enum CSVUpload {
    /// The rows of the form's `csvFile`.
    static func rows(_ call: Call, maximumBytes: Int) throws(APIError) -> [[String: String]] {
        guard let part = call.form?.parts.first(where: { $0.filename != nil }) else {
            throw .badRequest("No CSV file provided")
        }
        let isCSV = part.filename?.lowercased().hasSuffix(".csv") == true || part.contentType == "text/csv"
        guard part.name == "csvFile", isCSV else { throw .unhandled() }
        guard part.content.count <= maximumBytes else {
            throw APIError(
                status: 400, error: "File Upload Error", message: "File size exceeds the allowed limit", isDated: true)
        }
        guard let rows = CSVReader.rows(part.content) else {
            var failure = APIError.failure("Failed to process CSV file")
            failure.details = "Parse Error: missing closing quote"
            throw failure
        }
        return rows
    }

    /// A row as it was in the file, columns in the order of their names.
    static func render(_ row: [String: String], into text: inout JSONText) {
        text.member("data") {
            for (column, value) in row.sorted(by: { $0.key < $1.key }) { $0.member(column, value) }
        }
    }
}
