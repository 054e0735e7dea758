package org.stratobox.sync.api;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.stratobox.crypto.Secret;
import org.stratobox.crypto.wallet.Mnemonic;

/// What Stratobox can do on this machine. One instance a process; thread-safe. The composition root makes it.
public interface Stratobox {
    /// Sets up a new device in an empty home: keys, nodes, and the first folder if one is given. Joins the account when
    /// the phrase is already in use on the nodes.
    ///
    /// @param request what to set up
    /// @return the open account, to be closed by the caller
    /// @throws StratoboxException if nothing was set up; a half-made home is removed again
    Account init(InitRequest request) throws StratoboxException;

    /// Opens an existing home. Only one process can hold it.
    ///
    /// @param home the directory of settings, index and keys
    /// @param passphrase of this computer, UTF-8
    /// @return the open account, to be closed by the caller
    /// @throws StratoboxException with `HOME_IN_USE`, `WRONG_SECRET`, or `USAGE` if there is no home
    Account open(Path home, Secret passphrase) throws StratoboxException;

    /// @param home a directory
    /// @return whether it was set up
    boolean isHome(Path home);

    /// Looks an account up with nothing but its phrase and nodes; changes nothing anywhere.
    ///
    /// @param phrase the account's words
    /// @param nodes at least one node; the account's mesh record names the others
    /// @return what can be restored, to be closed by the caller
    /// @throws StratoboxException with `NO_NODE` if none could be reached, `WRONG_SECRET` if there is no account under
    /// these words
    Restorable findAccount(Mnemonic phrase, List<NodeSource> nodes) throws StratoboxException;

    /// Starts an embedded node: a restic REST server over a folder.
    ///
    /// @param request where and how
    /// @return the running server, to be closed by the caller
    /// @throws StratoboxException if the address or the folder cannot be used
    NodeServer serve(ServeRequest request) throws StratoboxException;

    /// @param phrase the account's words
    /// @return its public identity
    Identity identity(Mnemonic phrase);

    /// Public names that follow from a phrase.
    ///
    /// @param walletAddress the `st1` address of the Stratos wallet
    /// @param fingerprint four words by which a user recognises the account
    record Identity(String walletAddress, String fingerprint) {}

    /// What a device starts with.
    ///
    /// @param home an absent or empty directory
    /// @param phrase the account's words
    /// @param passphrase protects the keys on this computer, UTF-8, at least one byte
    /// @param deviceLabel what the user calls this device
    /// @param nodes where the encrypted data lives, at least one
    /// @param folder the first synced folder, if any
    record InitRequest(Path home, Mnemonic phrase, Secret passphrase, String deviceLabel, List<NodeSource> nodes,
            Optional<FolderSource> folder) {}

    /// A node as the user names it.
    ///
    /// @param address such as `folder:/mnt/disk` or `rest:https://host:8000/`
    /// @param credentials how it knows us: `user:password` or a bearer token, UTF-8
    record NodeSource(String address, Optional<Secret> credentials) {}

    /// A folder as the user names it.
    ///
    /// @param directory existing directory
    /// @param name of the folder inside the account; the same name on another device is the same folder
    record FolderSource(Path directory, String name) {}

    /// How to run an embedded node.
    ///
    /// @param store directory of the objects, made if absent
    /// @param host address to listen on
    /// @param port 0 for any free one
    /// @param credentials what clients must present: `user:password` or a bearer token, UTF-8
    /// @param appendOnly refuse deletes
    /// @param quotaBytes most bytes to hold, if limited
    /// @param tlsKeyStore PKCS#12 file for TLS, if wanted
    /// @param tlsPassword its password
    record ServeRequest(Path store, String host, int port, Optional<Secret> credentials, boolean appendOnly,
            Optional<Long> quotaBytes, Optional<Path> tlsKeyStore, Optional<Secret> tlsPassword) {}

    /// A running embedded node.
    interface NodeServer extends AutoCloseable {
        /// @return the address to give to `node add`, such as `rest:http://127.0.0.1:8000/`
        String address();

        /// Finishes running requests and stops. Idempotent.
        @Override
        void close();
    }
}
