import Testing
import Transfer

@testable import GraphQLServer

@Suite struct CloudinarySignatureTests {
    /// The example of Cloudinary's documentation, “Generating authentication signatures”.
    @Test func `a signature is that of the documentation`() throws {
        let cloud = Cloudinary(cloud: "demo", key: "key", secret: "abcd")
        let signature = try cloud.signature(of: [
            ("timestamp", "1315060510"), ("public_id", "sample_image"),
            ("eager", "w_400,h_300,c_pad|w_260,h_200,c_crop"),
        ])
        #expect(signature == "bfd09f95f331f558cbd1320e67aa8d488770583e")
    }

    @Test func `an address is read with its options`() throws {
        let plain = try #require(Cloudinary("cloudinary://key:a%2Fb:c@my-cloud_1"))
        #expect(plain.cloud == "my-cloud_1" && plain.key == "key" && plain.algorithm == .sha1)
        #expect(plain.deliveryRoot?.text == "https://res.cloudinary.com/my-cloud_1/")
        let other = try #require(
            Cloudinary(
                "cloudinary://k:s@c?upload_prefix=https%3A%2F%2Fapi-eu.cloudinary.com&signature_algorithm=SHA256&x=y"
            )
        )
        #expect(other.uploadPrefix == "https://api-eu.cloudinary.com" && other.algorithm == .sha256)
    }

    @Test(arguments: [
        "", "cloudinary://", "cloudinary://key@cloud", "cloudinary://key:@cloud", "cloudinary://key:secret@",
        "cloudinary://key:secret@clo/ud", "https://key:secret@cloud", "cloudinary://k:s@c?signature_algorithm=md5",
        "cloudinary://k:s@c?upload_prefix=ftp://x",
    ])
    func `what is no such address is refused`(text: String) {
        #expect(Cloudinary(text) == nil)
    }
}
