//! Certificates as an operator has them made, by `openssl`, each with an authority of its own.

use std::path::Path;
use std::process::Command;

use guildhall::web::certificate::CertificateFiles;

/// A certificate for this machine's address, its key, and the authority that has signed it; all in PEM.
pub struct Issued {
    pub authority: String,
    pub chain: String,
    pub key: String,
}

/// How a private key is written.
#[derive(Clone, Copy, Debug)]
pub enum Form {
    Pkcs8,
    Pkcs1,
    Sec1,
}

const ELLIPTIC: &str = "ec -pkeyopt ec_paramgen_curve:P-256";

impl Issued {
    pub fn with_a_key_in(form: Form) -> Self {
        let (kind, traditional, begins) = match form {
            Form::Pkcs8 => (ELLIPTIC, false, "-----BEGIN PRIVATE KEY-----"),
            Form::Pkcs1 => ("rsa:2048", true, "-----BEGIN RSA PRIVATE KEY-----"),
            Form::Sec1 => (ELLIPTIC, true, "-----BEGIN EC PRIVATE KEY-----"),
        };
        let folder = tempfile::tempdir().unwrap();
        let openssl = |arguments: &str| {
            let mut command = Command::new("openssl");
            let output = command.args(arguments.split_whitespace()).current_dir(folder.path()).output().unwrap();
            assert!(output.status.success(), "openssl {arguments}: {}", String::from_utf8_lossy(&output.stderr));
        };
        let written = |name: &str| std::fs::read_to_string(folder.path().join(name)).unwrap();
        let authority = "-subj /CN=Authority -keyout authority.key -out authority.pem";
        openssl(&format!("req -x509 -days 2 -newkey {ELLIPTIC} -nodes {authority}"));
        openssl(&format!("req -newkey {kind} -nodes -subj /CN=guildhall -keyout key.pem -out request.pem"));
        std::fs::write(folder.path().join("names"), "subjectAltName=IP:127.0.0.1\n").unwrap();
        let signed = "-CA authority.pem -CAkey authority.key -CAcreateserial -extfile names -out certificate.pem";
        openssl(&format!("x509 -req -days 2 -in request.pem {signed}"));
        if traditional {
            openssl("pkey -traditional -in key.pem -out traditional.pem");
        }
        let key = written(if traditional { "traditional.pem" } else { "key.pem" });
        assert!(key.starts_with(begins), "{form:?}");
        let authority = written("authority.pem");
        Self { chain: format!("{}{authority}", written("certificate.pem")), authority, key }
    }

    /// As files in this folder.
    pub fn in_files(&self, folder: &Path) -> CertificateFiles {
        let files = CertificateFiles { chain: folder.join("chain.pem"), key: folder.join("key.pem") };
        put(&files.chain, &self.chain);
        put(&files.key, &self.key);
        files
    }
}

/// Writes a file, or another in its place, as whoever renews certificates does: nobody reads half of it.
pub fn put(path: &Path, text: &str) {
    let new = path.with_extension("new");
    std::fs::write(&new, text).unwrap();
    std::fs::rename(new, path).unwrap();
}
