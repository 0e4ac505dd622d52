import JSON
import NIOCore

/// The answer to a merged request, cut up into what each read would have been answered by itself.
struct MergedAnswer {
    private let bytes: [UInt8]
    private let merge: Merge
    /// The answer's members in their order.
    private var members: [(name: String, range: Range<Int>)] = []
    private var items: [Range<Int>] = []
    private var pagination = JSONObject()
    /// Number of all elements that match.
    let total: Int
    private let page: Int
    private let limit: Int

    /// - Returns: nil for an answer that is not such a page: then nobody can be answered from it.
    init?(_ body: ByteBuffer, merge: Merge) {
        self.bytes = Array(body.readableBytesView)
        self.merge = merge
        let bytes = self.bytes
        var (members, items, pagination) = ([(name: String, range: Range<Int>)](), [Range<Int>](), JSONObject())
        var reader = JSONReader(bytes.span)
        do {
            try reader.forEachMember { (name, reader) throws(JSONError) in
                let start = reader.offset
                switch name {
                case merge.items:
                    try reader.forEachElement { (reader) throws(JSONError) in
                        items.append(try reader.skipValue(depth: 64))
                    }
                case "pagination": pagination = try reader.readValue(depth: 8).objectValue ?? [:]
                default: try reader.skipValue(depth: 64)
                }
                members.append((name, start..<reader.offset))
            }
        } catch { return nil }
        guard let total = pagination[merge.total]?.intValue, let page = pagination["currentPage"]?.intValue,
            let limit = pagination["limit"]?.intValue, total >= 0, page >= 1, limit >= 1,
            items.count == max(0, min(limit, total - (page - 1) * limit))
        else { return nil }
        (self.total, self.page, self.limit) = (total, page, limit)
        (self.members, self.items, self.pagination) = (members, items, pagination)
    }

    /// Body of the answer to a read whose page lies within the merged one; nil when it does not.
    func body(forPage read: ListRead) -> ByteBuffer? {
        let start = (self.page - 1) * self.limit
        // The last page holds what comes after it: nothing.
        guard read.offset >= start, read.end <= start + self.limit || self.total <= start + self.limit else {
            return nil
        }
        let slice = self.items.dropFirst(read.offset - start).prefix(read.limit)
        return self.body(Array(slice), read, total: self.total, request: nil)
    }

    /// Body of the answer to a read of some of the merged days; nil when not all of its elements are here.
    ///
    /// - Parameter stretch: the days of the merged request.
    func body(for read: ListRead, _ request: ResolvedRequest, within stretch: ListRead.Days) -> ByteBuffer? {
        guard let days = read.days, let filter = self.merge.days, self.page == 1 else { return nil }
        let field = request.query[filter.field] ?? filter.defaultField
        var dates: [Int] = []
        for item in self.items {
            guard let day = self.day(of: item, field) else { return nil }
            guard stretch.contains(day) else { return nil }
            dates.append(day)
        }
        guard self.isWhole(days, dates, sort: request.query["sort"] ?? "-\(filter.defaultField)", field) else {
            return nil
        }
        let matching = zip(self.items, dates).filter { days.contains($1) }.map(\.0)
        let slice = matching.dropFirst(read.offset).prefix(read.limit)
        return self.body(Array(slice), read, total: matching.count, request: request)
    }

    /// Whether every element of these days is here: all there are, or, in order of the date, one from beyond them.
    private func isWhole(_ days: ListRead.Days, _ dates: [Int], sort: String, _ field: String) -> Bool {
        if self.total == self.items.count { return true }
        guard let last = dates.last else { return false }
        if sort == "-\(field)" { return last < days.lowerBound }
        return sort == field && last > days.upperBound
    }

    private func day(of item: Range<Int>, _ field: String) -> Int? {
        let bytes = self.bytes
        let object = try? JSONReader(bytes.span).value(at: item, depth: 64)
        return object?[field]?.stringValue.flatMap(DateText.day)
    }

    /// The upstream's own answer with other elements, and with what it says about them put right.
    private func body(
        _ items: [Range<Int>], _ read: ListRead, total: Int, request: ResolvedRequest?
    ) -> ByteBuffer {
        var output: [UInt8] = [UInt8(ascii: "{")]
        for (name, range) in self.members {
            if output.count > 1 { output.append(UInt8(ascii: ",")) }
            JSONValue.write(name, into: &output)
            output.append(UInt8(ascii: ":"))
            switch name {
            case self.merge.items:
                output.append(UInt8(ascii: "["))
                for (number, item) in items.enumerated() {
                    if number > 0 { output.append(UInt8(ascii: ",")) }
                    output += self.bytes[item]
                }
                output.append(UInt8(ascii: "]"))
            case "pagination": self.pagination(of: read, total: total).write(into: &output)
            case self.merge.days?.echo.first where request != nil:
                self.echo(at: range, request).write(into: &output)
            default: output += self.bytes[range].drop { $0 == UInt8(ascii: " ") }
            }
        }
        output.append(UInt8(ascii: "}"))
        return ByteBuffer(bytes: output)
    }

    private func pagination(of read: ListRead, total: Int) -> JSONValue {
        var pagination = self.pagination
        let pages = (total + read.limit - 1) / read.limit
        pagination["currentPage"] = JSONValue(read.page)
        pagination["limit"] = JSONValue(read.limit)
        pagination[self.merge.total] = JSONValue(total)
        pagination["totalPages"] = JSONValue(pages)
        pagination["hasNextPage"] = JSONValue(read.page < pages)
        pagination["hasPrevPage"] = JSONValue(read.page > 1)
        return .object(pagination)
    }

    /// The filter as this read gave it.
    private func echo(at range: Range<Int>, _ request: ResolvedRequest?) -> JSONValue {
        let bytes = self.bytes
        let value = (try? JSONReader(bytes.span).value(at: range, depth: 16)) ?? .null
        guard let filter = self.merge.days, let request else { return value }
        func replace(_ value: JSONValue, _ path: ArraySlice<String>) -> JSONValue {
            guard var object = value.objectValue else { return value }
            guard let next = path.first else {
                object[filter.start] = request.query[filter.start].map { JSONValue($0) } ?? .null
                object[filter.end] = request.query[filter.end].map { JSONValue($0) } ?? .null
                return .object(object)
            }
            if let inner = object[next] { object[next] = replace(inner, path.dropFirst()) }
            return .object(object)
        }
        return replace(value, filter.echo.dropFirst())
    }
}
