import JSON
import Testing

@testable import BiteTrack

struct PictureTests {
    private func chart(_ svg: String) -> JSONValue {
        ["type": "image", "mimeType": "image/svg+xml", "title": "T", "svg": .string(svg)]
    }

    @Test("charts are taken out of a value, and out of its members")
    func taken() {
        let svg = #"<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"><rect fill="red"/></svg>"#
        let whole = Picture.taken(from: self.chart(svg))
        #expect(whole.value == "[picture 1: T]" && whole.pictures.map(\.svg) == [svg])
        let member = Picture.taken(from: ["n": 1, "chart": self.chart(svg)])
        #expect(member.value.text == #"{"n":1,"chart":"[picture 1: T]"}"# && member.pictures.count == 1)
        let many = Picture.taken(from: .array(Array(repeating: self.chart(svg), count: 6)))
        #expect(many.pictures.count == 4 && many.value.arrayValue?[4]["svg"] != nil)
    }

    @Test(
        "what could run, load or link anything is no picture",
        arguments: [
            "<svg ><script>alert(1)</script></svg>", #"<svg onload="x()"></svg>"#, #"<svg ><a href="x"></a></svg>"#,
            #"<svg ><image xlink:href="x"/></svg>"#, #"<svg ><rect style="x"/></svg>"#, "<svg ><foreignObject/></svg>",
            "<html></html>", "<svg ><rect", #"<svg ><text onclick = "x">a</text></svg>"#, "<svg ><!-- --></svg>",
        ])
    func harmless(svg: String) {
        #expect(!Picture.isHarmless(svg))
        #expect(Picture.taken(from: self.chart(svg)).pictures.isEmpty)
    }
}
