//! Who is believed: the platform's certificates, and those that the caller adds.

use gentask_core::{Error, ErrorCode};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::Verifier;
use std::sync::Arc;

/// A TLS configuration, read once and shared by every client.
///
/// The provider is passed in rather than installed for the whole process, which may have another one.
#[derive(Clone)]
pub(crate) struct Trust {
    /// What connections are made with.
    pub(crate) config: ClientConfig,
    /// Why no https server can be believed, where the platform has no certificates and the caller added none.
    pub(crate) problem: Option<&'static str>,
}

impl Trust {
    /// The platform's certificates and these, in PEM.
    pub(crate) fn new(extra_roots: &[Vec<u8>]) -> Result<Self, Error> {
        let mut extra = Vec::new();
        for pem in extra_roots {
            let before = extra.len();
            for certificate in CertificateDer::pem_slice_iter(pem) {
                extra.push(certificate.map_err(|_| refused("an extra root certificate is not PEM"))?);
            }
            if extra.len() == before {
                return Err(refused("a file of extra root certificates holds none in PEM"));
            }
        }
        let mut own = RootCertStore::empty();
        for certificate in &extra {
            own.add(certificate.clone()).map_err(|_| refused("an extra root certificate is malformed"))?;
        }
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let builder = ClientConfig::builder_with_provider(provider.clone())
            .with_safe_default_protocol_versions()
            .map_err(|_| refused("the TLS library has no usable protocol version"))?;
        // A machine without certificates still reaches a server on loopback, so this is no error until https is asked for.
        Ok(match Verifier::new_with_extra_roots(extra, provider) {
            Ok(verifier) => {
                let config = builder.dangerous().with_custom_certificate_verifier(Arc::new(verifier)).with_no_client_auth();
                Self { config, problem: None }
            }
            Err(_) => Self {
                config: builder.with_root_certificates(own).with_no_client_auth(),
                problem: extra_roots.is_empty().then_some("this machine has no root certificates: install ca-certificates or add your own"),
            },
        })
    }
}

fn refused(message: &str) -> Error {
    Error::new(ErrorCode::Unsupported, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extra_roots_that_are_none_are_refused() {
        for bad in [&b""[..], b"not pem", b"-----BEGIN CERTIFICATE-----\n!!\n-----END CERTIFICATE-----\n"] {
            assert!(Trust::new(&[bad.to_vec()]).is_err());
        }
        let nonsense = b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n".to_vec();
        assert!(Trust::new(&[nonsense]).is_err());
        assert!(Trust::new(&[]).is_ok());
    }
}
